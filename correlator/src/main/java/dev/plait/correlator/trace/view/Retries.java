package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.Attributes;
import dev.plait.schemas.model.ReceivedSpan;
import dev.plait.schemas.model.SpanKind;
import java.util.HashMap;
import java.util.Map;

/**
 * Which client calls were attempts of one call: siblings of kind CLIENT with the same operation, each begun after the one
 * before had ended, when the one before failed and went to the same peer, or when the later one says that it is a resend
 * ({@code http.request.resend_count}, or Kong's number of the try, whose peers differ by design). Equal calls that succeeded
 * are a loop, not retries. O(n).
 */
final class Retries {
    private final SpanTree tree;
    private final boolean[] superseded;

    Retries(SpanTree tree) {
        this.tree = tree;
        superseded = new boolean[tree.size()];
        for (int parent = 0; parent < tree.size(); parent++) {
            Map<String, Integer> lastAttempts = new HashMap<>();
            for (int child : tree.children(parent)) {
                if (tree.span(child).kind() == SpanKind.CLIENT) {
                    follow(lastAttempts, child);
                }
            }
        }
    }

    /** Whether a later attempt was made in a span's place, so that its outcome decided nothing. */
    boolean superseded(int span) {
        return superseded[span];
    }

    /** How often a proxy tried its upstream: as its log says, else as its spans show; 0 when neither does. */
    int tries(ProxyLog proxy) {
        int tries = proxy.access().tries();
        if (tries > 0) {
            return tries;
        }
        for (int i = 0; i < tree.size(); i++) {
            if (proxy.isKong()) {
                tries = Math.max(tries, kongTry(tree.span(i)));
            } else if (proxy.log().spanId() != 0
                    && proxy.log().spanId() == tree.span(i).spanId()) {
                tries = Math.max(tries, oneMore(tree.span(i), "retry.count"));
            }
        }
        return tries;
    }

    private void follow(Map<String, Integer> lastAttempts, int call) {
        ReceivedSpan span = tree.span(call);
        String operation = tree.service(call) + '\n' + (kongTry(span) > 0 ? "try" : span.name());
        String peer = operation + '\n' + Semantics.peer(span.attributes()).orElse("");
        boolean resent = kongTry(span) > 1 || oneMore(span, "http.request.resend_count") > 1;
        Integer before = lastAttempts.get(resent ? operation : peer);
        if (before != null
                && tree.start(call) >= tree.end(before)
                && (resent || tree.span(before).error())) {
            superseded[before] = true;
        }
        lastAttempts.put(operation, call);
        lastAttempts.put(peer, call);
    }

    /** The number of a try of Kong's balancer, from 1; 0 for any other span. */
    private static int kongTry(ReceivedSpan span) {
        if (span.name().equals("kong.balancer")) {
            return Math.max(1, count(span, "try_count"));
        }
        return count(span, "kong.balancer.try");
    }

    private static int oneMore(ReceivedSpan span, String retryCount) {
        return span.attributes().containsKey(retryCount) ? count(span, retryCount) + 1 : 0;
    }

    private static int count(ReceivedSpan span, String name) {
        long count = Attributes.wholeNumber(span.attributes(), name).orElse(0);
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE - 1, count));
    }
}
