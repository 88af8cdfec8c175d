package dev.plait.schemas.model;

import java.util.Optional;

/**
 * What type the value of an attribute has, and how a value of another type becomes it. Senders differ: Kong writes all numbers
 * as doubles, Envoy and Zipkin as text.
 */
enum ValueForm {
    TEXT {
        @Override
        boolean isKept(Object value) {
            return value instanceof String;
        }

        @Override
        Optional<Object> of(Object value) {
            Optional<Long> whole = value instanceof Double number ? whole(number) : Optional.empty();
            return Optional.of(whole.isPresent() ? whole.get().toString() : value.toString());
        }
    },

    INTEGER {
        @Override
        boolean isKept(Object value) {
            return value instanceof Long;
        }

        @Override
        Optional<Object> of(Object value) {
            return whole(value).map(Object.class::cast);
        }
    },

    /** A number that may have a fraction. */
    REAL {
        @Override
        boolean isKept(Object value) {
            return value instanceof Double;
        }

        @Override
        Optional<Object> of(Object value) {
            double number = value instanceof Number n ? n.doubleValue() : Attributes.parse(value.toString());
            return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
        }
    },

    /** A status of HTTP; Envoy writes 0 where there was no answer, which is none. */
    HTTP_STATUS {
        @Override
        boolean isKept(Object value) {
            return value instanceof Long;
        }

        @Override
        Optional<Object> of(Object value) {
            return whole(value).filter(code -> code >= 100 && code <= 999).map(Object.class::cast);
        }
    },

    /** The name of gRPC's status, {@code UNAVAILABLE}; statuses of other systems are as they are. */
    RPC_STATUS {
        @Override
        boolean isKept(Object value) {
            return of(value).filter(name -> !name.equals(value)).isEmpty();
        }

        @Override
        Optional<Object> of(Object value) {
            return GrpcCode.of(TEXT.of(value).orElse("").toString()).map(Enum::name);
        }
    },

    /** {@code 1.1} of {@code HTTP/1.1}, {@code 2} of {@code 2.0}: versions of HTTP above 1 have no minor ones. */
    VERSION {
        @Override
        boolean isKept(Object value) {
            return value instanceof String text && !text.endsWith(".0") && text.indexOf('/') < 0;
        }

        @Override
        Optional<Object> of(Object value) {
            String text = TEXT.of(value).orElse("").toString();
            String version = text.substring(text.indexOf('/') + 1);
            if (version.isEmpty() || !Character.isDigit(version.charAt(0))) {
                return Optional.empty();
            }
            return Optional.of(version.equals("2.0") || version.equals("3.0") ? version.substring(0, 1) : version);
        }
    },

    /** An address of IP; OpenTracing's libraries wrote those of IPv4 as a number of 32 bits, with a sign or without. */
    ADDRESS {
        @Override
        boolean isKept(Object value) {
            return TEXT.isKept(value);
        }

        @Override
        Optional<Object> of(Object value) {
            if (!(value instanceof Long bits)) {
                return TEXT.of(value);
            }
            return Optional.of(
                    (bits >> 24 & 0xff) + "." + (bits >> 16 & 0xff) + "." + (bits >> 8 & 0xff) + "." + (bits & 0xff));
        }
    },

    /** {@code tcp} of {@code ip_tcp}. */
    TRANSPORT {
        @Override
        boolean isKept(Object value) {
            return TEXT.isKept(value);
        }

        @Override
        Optional<Object> of(Object value) {
            String text = value.toString();
            return Optional.of(text.startsWith("ip_") ? text.substring(3) : text);
        }
    };

    private static final int MAX_DIGITS = 18;

    /** Whether a value under the present name stays as it is. */
    abstract boolean isKept(Object value);

    /** The value in this form; empty when it has none. */
    abstract Optional<Object> of(Object value);

    /** Whether both say the same, whatever their types. */
    static boolean same(Object one, Object other) {
        return one.equals(other) || TEXT.of(one).equals(TEXT.of(other));
    }

    /** A whole number as a number or as its digits. */
    static Optional<Long> whole(Object value) {
        if (value instanceof Long number) {
            return Optional.of(number);
        }
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e15
                    ? Optional.of(number.longValue())
                    : Optional.empty();
        }
        String text = value.toString();
        if (text.isEmpty() || text.length() > MAX_DIGITS) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(Long.parseLong(text));
    }
}
