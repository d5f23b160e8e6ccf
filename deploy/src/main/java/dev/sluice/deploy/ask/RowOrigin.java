package dev.sluice.deploy.ask;

import dev.sluice.audit.lineage.RowProvenance;
import dev.sluice.cdc.event.Change;
import dev.sluice.cdc.event.DatasetId;
import dev.sluice.cdc.event.SourcePosition;
import dev.sluice.sinks.BatchId;
import dev.sluice.sinks.history.Provenance;
import dev.sluice.sinks.query.VersionView;
import java.util.Locale;

/** Reads what a stored version says of its own origin. */
final class RowOrigin {

    private RowOrigin() {}

    /** The origin of that version. */
    static RowProvenance of(VersionView version) {
        Provenance from = version.provenance().event();
        String topic = from.origin().topic();
        String[] parts = topic.split("\\.", 3);
        int slash = from.batch().lastIndexOf('/');
        return new RowProvenance(
                new DatasetId(parts[0], parts[1], parts[2]),
                new RowProvenance.SourceEvent(
                        from.eventId(),
                        SourcePosition.parse(version.seq()).lsn(),
                        from.transaction(),
                        version.provenance().committedAt(),
                        op(version.op())),
                new RowProvenance.RawPlace(
                        topic, from.origin().partition(), from.origin().offset(), from.schemaId()),
                new RowProvenance.Treated(
                        from.planId(),
                        new BatchId(
                                from.batch().substring(0, slash),
                                Long.parseLong(from.batch().substring(slash + 1)))),
                version.provenance().filled());
    }

    private static String op(String code) {
        return Change.Op.ofCode(code)
                .map(o -> o.name().toLowerCase(Locale.ROOT))
                .orElse(code);
    }
}
