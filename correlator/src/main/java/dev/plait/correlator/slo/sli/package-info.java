/** Which SLOs count a request, and whether it is good: predicates that are evaluated once for each combination of values. */
package dev.plait.correlator.slo.sli;
