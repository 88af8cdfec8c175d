package dev.plait.ingest.receiver;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import dev.plait.ingest.receiver.Answer.Kind;
import dev.plait.ingest.receiver.Delivery.Item;
import dev.plait.schemas.wire.Malformed;
import io.netty.util.concurrent.EventExecutor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One stream of access logs, message by message: the next is read when Kafka has the one before, and HTTP/2's flow control makes
 * the sender wait. Who sends is said in the first message and added to all others. A message that cannot be read is written
 * all the same, and becomes a dead letter. One that cannot be decompressed, and the rest of a stream that broke off, is lost and
 * counted. All methods but {@link #close} run on the connection's event loop.
 */
final class AlsStream implements Subscriber<HttpObject> {
    private static final int PREFIX_BYTES = 5;
    private static final long PAUSE_MS = 200;
    private static final byte[] EMPTY = new byte[0];

    private final Intake intake;
    private final EventExecutor loop;
    private final String encoding;
    private final RequestCheck check = new RequestCheck();
    private final CompletableFuture<Answer> ended = new CompletableFuture<>();
    private final Budget.Lease lease;
    private Subscription subscription;
    /** What was read and not yet delivered lies from {@link #position} to {@link #size}; it doubles, so that reading stays linear. */
    private byte[] bytes = EMPTY;

    private int position;
    private int size;
    private byte[] unleased = EMPTY;
    private byte[] identifier = EMPTY;
    private boolean admitted;
    private boolean delivering;
    private boolean late;
    private Answer end;

    /** @throws Refusal when the budget has no room for another stream */
    AlsStream(Intake intake, EventExecutor loop, String encoding) {
        this.intake = intake;
        this.loop = loop;
        this.encoding = encoding;
        this.lease = intake.budget().lease();
    }

    /** How the stream is answered, when all is delivered that was read of it; never fails. */
    CompletableFuture<Answer> ended() {
        return ended;
    }

    /** From any thread. */
    void close() {
        loop.execute(() -> finish(new Answer(Kind.UNAVAILABLE, "closing")));
    }

    @Override
    public void onSubscribe(Subscription theirs) {
        subscription = theirs;
        subscription.request(1);
        after(intake.limits().requestTime().toMillis(), this::tick);
    }

    /** A message that does not end would hold its bytes for good. Not so one that waits for what is being delivered. */
    private void tick() {
        if (ended.isDone()) {
            return;
        }
        boolean waiting =
                delivering && (unleased.length == 0 || !intake.delivery().isIdle());
        boolean unended = !waiting && size - position + unleased.length > 0;
        if (unended && late) {
            forget();
            finish(new Answer(Kind.SLOW, "a message did not come in time"));
        }
        late = unended;
        after(intake.limits().requestTime().toMillis(), this::tick);
    }

    @Override
    public void onNext(HttpObject object) {
        unleased = object instanceof HttpData data ? data.array() : EMPTY;
        proceed();
    }

    @Override
    public void onError(Throwable gone) {
        finish(new Answer(Kind.UNAVAILABLE, "the stream broke off"));
    }

    @Override
    public void onComplete() {
        finish(Answer.ACCEPTED);
    }

    /** With the first answer that is given. */
    private void finish(Answer answer) {
        if (end == null) {
            end = answer;
            subscription.cancel();
            if (!delivering) {
                proceed();
            }
        }
    }

    private void proceed() {
        if (delivering) {
            return;
        }
        try {
            takeIn();
            int length = messageLength();
            if (length >= 0 && size - position >= PREFIX_BYTES + length) {
                deliver(length);
            } else if (end == null) {
                subscription.request(1);
            } else {
                forget();
                lease.close();
                ended.complete(end);
            }
        } catch (Refusal refusal) {
            refused(refusal.answer());
        }
    }

    /** What there is no room for yet is kept, and not read on meanwhile; all else ends the stream. */
    private void refused(Answer answer) {
        if (answer.kind() == Kind.BUSY) {
            delivering = true;
            after(Math.max(PAUSE_MS, answer.retryAfter().toMillis()), () -> {
                delivering = false;
                proceed();
            });
            return;
        }
        forget();
        if (end == null) {
            finish(answer);
        } else {
            proceed();
        }
    }

    /** A message that was not whole, or that nobody can find the end or the content of. */
    private void forget() {
        int lost = size - position + unleased.length;
        if (lost > 0) {
            intake.metrics().lost(ForeignFormat.MESH, lost);
        }
        unleased = EMPTY;
        bytes = EMPTY;
        position = 0;
        size = 0;
    }

    private void after(long ms, Runnable task) {
        var unused = loop.schedule(task, ms, TimeUnit.MILLISECONDS);
    }

    private void takeIn() {
        if (unleased.length > 0) {
            lease.grow(2L * unleased.length);
            int left = size - position;
            if (position > 0 || bytes.length - size < unleased.length) {
                bytes = Arrays.copyOfRange(bytes, position, position + Math.max(2 * left, left + unleased.length));
                position = 0;
                size = left;
            }
            System.arraycopy(unleased, 0, bytes, size, unleased.length);
            size += unleased.length;
            unleased = EMPTY;
        }
    }

    /** -1: not known yet. @throws Refusal when it is no message, or too large */
    private int messageLength() {
        if (size - position < PREFIX_BYTES) {
            return -1;
        }
        long length = 0;
        for (int i = 1; i < PREFIX_BYTES; i++) {
            length = length << 8 | bytes[position + i] & 0xff;
        }
        if (bytes[position] < 0 || bytes[position] > 1) {
            throw new Refusal(Kind.MALFORMED, "Malformed: no gRPC message");
        }
        if (length > intake.limits().decompressedBytes()) {
            throw new Refusal(Kind.TOO_LARGE, "larger than " + intake.limits().decompressedBytes() + " bytes");
        }
        return (int) length;
    }

    private void deliver(int length) {
        if (end == null && !admitted) {
            intake.rates().admit();
            admitted = true;
        }
        Encoding used = bytes[position] == 0 ? Encoding.IDENTITY : Encoding.of(encoding);
        int content = position + PREFIX_BYTES;
        byte[] message = Arrays.copyOfRange(bytes, content, content + length);
        Budget.Lease decompressed = intake.budget().overdrawn(intake.limits().decompressedBytes());
        delivering = true;
        var unused = CompletableFuture.supplyAsync(
                        () -> used.decode(message, 0, intake.limits().decompressedBytes(), decompressed),
                        intake.threads())
                .thenApply(this::items)
                .thenCompose(intake.delivery()::deliver)
                .whenComplete((done, failure) -> loop.execute(() -> {
                    decompressed.close();
                    delivering = false;
                    if (failure == null) {
                        delivered(PREFIX_BYTES + length);
                    } else {
                        refused(Answer.of(failure));
                    }
                }));
    }

    private void delivered(int length) {
        lease.shrink(2L * length);
        admitted = false;
        late = false;
        position += length;
        if (position == size) {
            bytes = EMPTY;
            position = 0;
            size = 0;
        }
        proceed();
    }

    private List<Item> items(byte[] message) {
        intake.rates().charge(message.length);
        byte[] whole = identified(message);
        intake.metrics().begin();
        Answer answer = answer(whole);
        try {
            int limitBytes = intake.limits().recordBytes();
            List<byte[]> records =
                    whole.length <= limitBytes ? List.of(whole) : ForeignFormat.MESH.split(whole, false, limitBytes);
            return records.stream()
                    .map(value -> new Item(ForeignFormat.MESH, value))
                    .toList();
        } catch (Refusal tooLarge) {
            answer = tooLarge.answer();
            throw tooLarge;
        } finally {
            intake.metrics().end(ForeignFormat.MESH, answer);
        }
    }

    private Answer answer(byte[] message) {
        try {
            return check.check(ForeignFormat.MESH, message, false);
        } catch (Refusal refused) {
            return refused.answer();
        }
    }

    private byte[] identified(byte[] message) {
        try {
            byte[] here = AlsSplitter.identifier(message);
            if (here.length > 0) {
                identifier = here;
                return message;
            }
        } catch (Malformed malformed) {
            return message;
        }
        byte[] whole = Arrays.copyOf(message, message.length + identifier.length);
        System.arraycopy(identifier, 0, whole, message.length, identifier.length);
        return whole;
    }
}
