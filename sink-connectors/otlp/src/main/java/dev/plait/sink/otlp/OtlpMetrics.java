package dev.plait.sink.otlp;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what becomes of items, and shows it over JMX while it is open. Thread safe. */
final class OtlpMetrics implements OtlpMetricsMXBean, ExportCounts, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpMetrics.class);

    /** A backend that rejects a part of each request says so each time; it is logged once in so long. */
    private static final long LOG_EVERY_NANOS = 60_000_000_000L;

    private final ObjectName name;
    private final Map<Signal, LongAdder> sent = new EnumMap<>(Signal.class);
    private final AtomicLong rejected = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong old = new AtomicLong();
    private final AtomicLong nextLogNanos = new AtomicLong(System.nanoTime());
    private volatile String lastWarning = "";

    private OtlpMetrics(ObjectName name) {
        this.name = name;
        for (Signal signal : Signal.values()) {
            sent.put(signal, new LongAdder());
        }
    }

    /** Registers the bean of the task that has these settings; one of the same name, of a task that has ended, gives way. */
    static OtlpMetrics register(Map<String, String> settings) {
        try {
            ObjectName name = new ObjectName("dev.plait:type=sink-otlp,connector="
                    + ObjectName.quote(settings.getOrDefault("name", "sink")) + ",task="
                    + settings.getOrDefault("plait.task", "0"));
            OtlpMetrics metrics = new OtlpMetrics(name);
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
            server.registerMBean(metrics, name);
            return metrics;
        } catch (JMException impossible) {
            throw new IllegalStateException("a quoted connector name makes an object name", impossible);
        }
    }

    @Override
    public void sent(Signal signal, int items, Answer.Taken answer) {
        sent.get(signal).add(items);
        rejected.addAndGet(answer.rejected());
        if (answer.rejected() > 0 || !answer.message().isEmpty()) {
            lastWarning = answer.message();
            long now = System.nanoTime();
            long next = nextLogNanos.get();
            if (now - next >= 0 && nextLogNanos.compareAndSet(next, now + LOG_EVERY_NANOS)) {
                LOG.warn(
                        "the backend rejected {} of {} {} and took the rest ({} rejected so far): {}",
                        answer.rejected(),
                        items,
                        signal.label(),
                        rejected,
                        answer.message());
            }
        }
    }

    @Override
    public void refused(Signal signal, int items) {
        refused.addAndGet(items);
    }

    void old() {
        if (old.getAndIncrement() == 0) {
            LOG.warn("spans are sent so late that the backend drops them; see SpansOld over JMX");
        }
    }

    @Override
    public long getSpansSent() {
        return sent.get(Signal.TRACES).sum();
    }

    @Override
    public long getLogRecordsSent() {
        return sent.get(Signal.LOGS).sum();
    }

    @Override
    public long getDataPointsSent() {
        return sent.get(Signal.METRICS).sum();
    }

    @Override
    public long getItemsRejected() {
        return rejected.get();
    }

    @Override
    public long getItemsRefused() {
        return refused.get();
    }

    @Override
    public long getSpansOld() {
        return old.get();
    }

    @Override
    public String getLastWarning() {
        return lastWarning;
    }

    @Override
    public void close() {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException gone) {
            LOG.debug("the bean {} is not registered any more", name, gone);
        }
    }
}
