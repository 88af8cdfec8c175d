package dev.plait.sink.delivery;

import java.lang.management.ManagementFactory;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what one task does, and shows it over JMX while it is open. Thread safe. */
public final class DeliveryMetrics implements DeliveryMetricsMXBean, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryMetrics.class);

    /** Whose bean each name shows: a task that ends late must not take away the bean of the next. */
    private static final ConcurrentMap<ObjectName, DeliveryMetrics> SHOWN = new ConcurrentHashMap<>();

    private final ObjectName name;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong letGo = new AtomicLong();
    private final AtomicLong lastDeliveryMs = new AtomicLong();
    private volatile String lastProblem = "";

    private DeliveryMetrics(ObjectName name) {
        this.name = name;
    }

    /** Registers the bean; one of the same name, of a task that has not ended yet, gives way. */
    public static DeliveryMetrics register(String connector, String task) {
        try {
            ObjectName name =
                    new ObjectName("dev.plait:type=sink,connector=" + ObjectName.quote(connector) + ",task=" + task);
            DeliveryMetrics metrics = new DeliveryMetrics(name);
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            try {
                server.registerMBean(metrics, name);
            } catch (InstanceAlreadyExistsException before) {
                server.unregisterMBean(name);
                server.registerMBean(metrics, name);
            }
            SHOWN.put(name, metrics);
            return metrics;
        } catch (JMException impossible) {
            throw new IllegalStateException("a quoted connector name makes an object name", impossible);
        }
    }

    void received(int records) {
        received.addAndGet(records);
        inFlight.addAndGet(records);
    }

    void settled(int taken, int refusals, long nowMs) {
        delivered.addAndGet(taken);
        refused.addAndGet(refusals);
        inFlight.addAndGet(-(long) taken - refusals);
        if (taken > 0) {
            lastDeliveryMs.set(nowMs);
        }
    }

    /** Another task has them now. */
    void handedBack(int records) {
        inFlight.addAndGet(-records);
    }

    void retried(String why) {
        retries.incrementAndGet();
        lastProblem = why;
    }

    /** So many states that a sink keeps are told no more, though nobody said that they are over. */
    public void letGo(int states) {
        letGo.addAndGet(states);
    }

    /** Something that is sent besides records, such as a repetition, did not arrive. */
    public void missed(String why) {
        retried(why);
    }

    void problem(String why) {
        lastProblem = why;
    }

    @Override
    public long getRecordsReceived() {
        return received.get();
    }

    @Override
    public long getRecordsDelivered() {
        return delivered.get();
    }

    @Override
    public long getRecordsRefused() {
        return refused.get();
    }

    @Override
    public long getRecordsInFlight() {
        return inFlight.get();
    }

    @Override
    public long getStatesLetGo() {
        return letGo.get();
    }

    @Override
    public long getRetries() {
        return retries.get();
    }

    @Override
    public long getLastDeliveryMs() {
        return lastDeliveryMs.get();
    }

    @Override
    public String getLastProblem() {
        return lastProblem;
    }

    @Override
    public void close() {
        if (!SHOWN.remove(name, this)) {
            return;
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            server.unregisterMBean(name);
        } catch (JMException gone) {
            LOG.debug("the bean {} is not registered any more", name, gone);
        }
    }
}
