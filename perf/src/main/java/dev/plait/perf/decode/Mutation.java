package dev.plait.perf.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes a bad record of a good one: the same number makes the same record of the same seeds. */
final class Mutation {
    /** Longest record that is made, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private static final List<byte[]> PIECES = List.of(
            new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07},
            new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0},
            new byte[] {0x0b, 0x0b, 0x0b, 0x0b},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            new byte[] {0x0a, 0},
            "\"".getBytes(UTF_8),
            "\\".getBytes(UTF_8),
            "\\u0000".getBytes(UTF_8),
            "\\ud800".getBytes(UTF_8),
            "{\"a\":".getBytes(UTF_8),
            "[[[[".getBytes(UTF_8),
            "]}".getBytes(UTF_8),
            "null".getBytes(UTF_8),
            "-1".getBytes(UTF_8),
            "1e999".getBytes(UTF_8),
            "18446744073709551616".getBytes(UTF_8),
            "\n".getBytes(UTF_8),
            "password=".getBytes(UTF_8),
            "://u:p@".getBytes(UTF_8));

    private final List<byte[]> seeds;

    Mutation(List<byte[]> seeds) {
        this.seeds = seeds;
    }

    byte[] of(long number) {
        SplittableRandom random = new SplittableRandom(number);
        byte[] record = seeds.get(random.nextInt(seeds.size()));
        for (int left = random.nextInt(6); left >= 0; left--) {
            record = mutated(record, random);
        }
        return record.length > MAX_BYTES ? Arrays.copyOf(record, MAX_BYTES) : record;
    }

    private byte[] mutated(byte[] record, SplittableRandom random) {
        int at = random.nextInt(record.length + 1);
        int to = at + random.nextInt(Math.min(64, record.length - at + 1));
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(record, at);
            case 1 -> flipped(record, random);
            case 2 -> joined(record, at, PIECES.get(random.nextInt(PIECES.size())), at);
            case 3 -> joined(record, at, PIECES.get(random.nextInt(PIECES.size())), to);
            case 4 -> joined(record, at, new byte[0], to);
            case 5 -> joined(record, at, repeated(Arrays.copyOfRange(record, at, to), random), at);
            case 6 -> joined(record, at, seeds.get(random.nextInt(seeds.size())), to);
            default -> joined(record, at, new byte[] {(byte) random.nextInt(256)}, Math.min(at + 1, record.length));
        };
    }

    private static byte[] flipped(byte[] record, SplittableRandom random) {
        byte[] flipped = record.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] repeated(byte[] piece, SplittableRandom random) {
        int times = 1 << random.nextInt(9);
        byte[] many = new byte[Math.min(MAX_BYTES, piece.length * times)];
        for (int at = 0; at < many.length; at += piece.length) {
            System.arraycopy(piece, 0, many, at, Math.min(piece.length, many.length - at));
        }
        return many;
    }

    /** The record up to {@code until}, then a piece, then the record from {@code from} on. */
    private static byte[] joined(byte[] record, int until, byte[] piece, int from) {
        byte[] joined = Arrays.copyOf(record, until + piece.length + record.length - from);
        System.arraycopy(piece, 0, joined, until, piece.length);
        System.arraycopy(record, from, joined, until + piece.length, record.length - from);
        return joined;
    }
}
