package dev.plait.app.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several sources as one: the head with the lowest timestamp comes next, at a tie the source named first. Each source keeps
 * its own order, so a record out of order in its file stays behind the one before it.
 */
public final class MergedSource implements RecordSource {
    private final List<RecordSource> sources;
    private final List<Optional<CapturedRecord>> heads = new ArrayList<>();

    public MergedSource(List<RecordSource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public Optional<CapturedRecord> next() throws IOException {
        for (int i = heads.size(); i < sources.size(); i++) {
            heads.add(sources.get(i).next());
        }
        int lowest = -1;
        for (int i = 0; i < heads.size(); i++) {
            if (heads.get(i).isPresent() && (lowest < 0 || timestamp(i) < timestamp(lowest))) {
                lowest = i;
            }
        }
        if (lowest < 0) {
            return Optional.empty();
        }
        Optional<CapturedRecord> head = heads.get(lowest);
        heads.set(lowest, sources.get(lowest).next());
        return head;
    }

    @Override
    public void close() throws IOException {
        for (RecordSource source : sources) {
            source.close();
        }
    }

    private long timestamp(int source) {
        return heads.get(source).orElseThrow().timestampMs();
    }
}
