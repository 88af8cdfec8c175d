package dev.plait.perf.load;

import java.util.Arrays;

/** Ranks 0 to n-1, where rank k is drawn with a probability in proportion to 1 / (k+1)^exponent. */
final class Zipf {
    private final double[] cumulative;

    Zipf(int ranks, double exponent) {
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += Math.pow(rank + 1.0, -exponent);
            cumulative[rank] = sum;
        }
        for (int rank = 0; rank < ranks; rank++) {
            cumulative[rank] /= sum;
        }
    }

    /** The rank at {@code uniform}, from 0 to below 1. */
    int rank(double uniform) {
        int found = Arrays.binarySearch(cumulative, uniform);
        return Math.min(found < 0 ? -found - 1 : found + 1, cumulative.length - 1);
    }
}
