package dev.plait.correlator.trace.view;

import dev.plait.schemas.model.ReceivedLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The access logs of a trace: the entry proxy's and the others', by start. The entry is the earliest of Kong's, else the
 * earliest; of two that began in the same instant, the one that took longer encloses the other.
 */
record ProxyLogs(Optional<ProxyLog> gateway, List<ProxyLog> hops) {
    private static final Comparator<ProxyLog> BY_START = Comparator.comparingLong(
                    (ProxyLog proxy) -> proxy.access().startEpochNanos())
            .thenComparing(proxy -> proxy.access().totalMs().orElse(0), Comparator.reverseOrder())
            .thenComparing(ProxyLog::log, PieceOrder.LOGS);

    static ProxyLogs of(List<ReceivedLog> logs) {
        List<ProxyLog> proxies = new ArrayList<>();
        logs.stream().filter(ReceivedLog::accessLog).map(ProxyLog::of).forEach(proxies::add);
        if (proxies.isEmpty()) {
            return new ProxyLogs(Optional.empty(), List.of());
        }
        proxies.sort(BY_START);
        ProxyLog entry = proxies.stream().filter(ProxyLog::isKong).findFirst().orElse(proxies.get(0));
        proxies.remove(entry);
        return new ProxyLogs(Optional.of(entry), proxies);
    }

    /** The gateway's log, then the hops'. */
    List<ProxyLog> all() {
        return Stream.concat(gateway.stream(), hops.stream()).toList();
    }

    /** The failing proxy nearest to the fault: the one that the request reached last. */
    Optional<ProxyLog> innermostFailing() {
        return hops.stream()
                .filter(ProxyLog::failed)
                .reduce((outer, inner) -> inner)
                .or(() -> gateway.filter(ProxyLog::failed));
    }
}
