package dev.sluice.deploy.reset;

import dev.sluice.cdc.capture.StateFolder;
import dev.sluice.cdc.capture.cut.Cut;
import dev.sluice.deploy.gateway.TopicAdmin;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeErrors;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.home.HomeOwner;
import dev.sluice.deploy.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Begins the capture of a source anew and keeps the history: the next start reads the tables again in a new epoch. Its
 * events order behind all events before, whatever the positions of the log are, and rows that the snapshot does not
 * find are closed. Changes that were not captured or not governed yet make no versions of their own; the snapshot shows
 * where they led.
 *
 * <p>Deletes the raw topics and drops the slot, because what is in them belongs to the epoch before. Each step may run
 * twice, so a reset that was interrupted is called again.
 */
public final class CaptureReset {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Home home;
    private final Pipeline pipeline;
    private final SourceSlot slot;
    private final Optional<SourceSlot> part;

    /**
     * A reset that has not happened.
     *
     * @param source the database that the pipeline captures
     */
    public CaptureReset(Home home, Pipeline pipeline, Pipeline.Database source) {
        this.home = home;
        this.pipeline = pipeline;
        this.slot = new SourceSlot(source, StateFolder.known(Pipeline.captureState(home)));
        this.part = SourceSlot.ofPart(source, Pipeline.captureState(home));
    }

    /** What the reset would touch; nothing is changed. */
    public List<Affected> preview() {
        List<Affected> affected = new ArrayList<>();
        affected.add(new Affected("drop", slot.place(), 0));
        part.ifPresent(one -> affected.add(new Affected("drop", one.place(), 0)));
        if (pipeline.transport().isEmbedded()) {
            affected.add(new Affected("delete", broker().toString(), HomeReset.bytes(broker())));
        } else {
            topics().forEach(topic -> affected.add(new Affected("delete", "topic " + topic, 0)));
        }
        Path state = Pipeline.captureState(home);
        affected.add(new Affected("delete", state.toString(), HomeReset.bytes(state)));
        return affected;
    }

    /**
     * Resets the capture and answers what was done, a sentence for each act.
     *
     * @throws dev.sluice.deploy.DeployException {@code DEP-110} when a process holds the home, {@code DEP-123} when the
     *     home belongs to another pipeline, {@code DEP-150} when the slot cannot be dropped,
     *     {@code DEP-151} when the home does not know whose slot it is, {@code DEP-302} when the
     *     broker does not answer
     */
    public List<String> apply() {
        List<String> done = new ArrayList<>();
        try (HomeLock lock = HomeLock.acquire(home)) {
            new HomeOwner(pipeline.name(), "").require(home);
            done.add(slot.drop());
            part.ifPresent(one -> done.add(one.tryDrop()));
            done.add(deleteTopics());
            StateFolder.renew(Pipeline.captureState(lock.home()));
            // Another server may stand behind the address of the pipeline now; the epoch keeps its positions apart.
            new HomeOwner(pipeline.name(), "").replace(home);
        }
        done.add("The next start reads the tables again. The lake, the ledger and the dead letters stay.");
        return done;
    }

    private String deleteTopics() {
        if (pipeline.transport().isEmbedded()) {
            try {
                Home.removeTree(broker());
            } catch (IOException e) {
                throw HomeErrors.folder(broker(), e);
            }
            return "The broker of the home is empty.";
        }
        try (TopicAdmin broker = new TopicAdmin(pipeline.transport().client(), PATIENCE)) {
            Set<String> present = topics();
            present.retainAll(broker.existing());
            broker.delete(present);
            return "Deleted " + present.size() + " raw topics.";
        }
    }

    private Path broker() {
        return home.root().resolve("kafka");
    }

    private Set<String> topics() {
        Set<String> topics = new TreeSet<>(pipeline.tableTopics(home));
        // A table that a pattern names and that is held has an empty topic.
        StateFolder.known(Pipeline.captureState(home)).ifPresent(state -> state.publication().held().keySet().stream()
                .map(table -> pipeline.name() + "." + table)
                .forEach(topics::add));
        topics.add(pipeline.transactionTopic());
        topics.add("__debezium-heartbeat." + pipeline.name());
        topics.add(Cut.topic(pipeline.name()));
        return topics;
    }
}
