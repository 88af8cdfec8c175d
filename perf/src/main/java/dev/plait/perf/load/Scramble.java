package dev.plait.perf.load;

/**
 * The finalizer of splitmix64, which is a bijection: numbers become ids that look random, and an id gives its number back,
 * so that a checker needs no table of what was generated. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014, with Stafford's variant 13.
 */
final class Scramble {
    private Scramble() {}

    static long of(long number) {
        long mixed = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    static long inverse(long id) {
        // the multipliers are the inverses of those above modulo 2^64
        long number = (id ^ id >>> 31 ^ id >>> 62) * 0x319642B2D24D8EC3L;
        number = (number ^ number >>> 27 ^ number >>> 54) * 0x96DE1B173F119089L;
        return number ^ number >>> 30 ^ number >>> 60;
    }
}
