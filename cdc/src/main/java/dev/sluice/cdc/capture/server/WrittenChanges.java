package dev.sluice.cdc.capture.server;

import dev.sluice.cdc.capture.cut.EngineOffset;
import dev.sluice.cdc.capture.postgres.Lsn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says up to where changes may be in the raw topics, confirmed or not. Stored before changes are written, so that a
 * start knows of changes that were written and not confirmed.
 *
 * @param version version of this format
 * @param commit end of the last transaction that may be in the topics as a whole; {@code 0/0} when there is none
 * @param open the transaction after that, of which only a part may be in the topics
 */
public record WrittenChanges(int version, String commit, @Nullable Open open) {

    /** The version that this release writes. */
    public static final int VERSION = 1;

    private static final long XID = 0xffffffffL;

    /**
     * A transaction of which a part was written.
     *
     * @param change position of its last change that was written; the transaction was committed after that
     * @param transaction number of the transaction, without its epoch
     */
    public record Open(String change, long transaction) {}

    /**
     * The changes up to a record of the engine.
     *
     * @param offset offset of the record
     * @param inside whether the record is inside a transaction
     */
    public static WrittenChanges upTo(EngineOffset offset, boolean inside) {
        Open open = inside ? new Open(text(offset.change()), offset.transaction() & XID) : null;
        return new WrittenChanges(VERSION, text(offset.commit()), open);
    }

    private static String text(Optional<Lsn> position) {
        return position.orElseGet(() -> new Lsn(0)).toString();
    }

    /** Whether changes may be in the topics that those others do not name. */
    public boolean isBeyond(WrittenChanges other) {
        int commits = committed().compareTo(other.committed());
        return commits > 0 || (commits == 0 && reach(open) > reach(other.open));
    }

    private static long reach(@Nullable Open open) {
        return open == null ? -1 : Lsn.parse(open.change).value();
    }

    /** The end of the last transaction that may be in the topics as a whole. */
    Lsn committed() {
        return Lsn.parse(commit);
    }

    /** The position of the last change. */
    Lsn last() {
        Lsn change = open == null ? committed() : Lsn.parse(open.change);
        return change.isAfter(committed()) ? change : committed();
    }
}
