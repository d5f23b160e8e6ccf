package dev.sluice.deploy.check;

import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
import dev.sluice.cdc.registry.HttpSchemaRegistry;
import dev.sluice.cdc.registry.RegistrySettings;
import dev.sluice.deploy.gateway.SourceCapture;
import dev.sluice.deploy.gateway.TopicAdmin;
import dev.sluice.deploy.home.Home;
import dev.sluice.deploy.home.HomeErrors;
import dev.sluice.deploy.home.HomeLedger;
import dev.sluice.deploy.home.HomeLock;
import dev.sluice.deploy.home.HomeOwner;
import dev.sluice.deploy.lifecycle.Failures;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineReading;
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.opa.ServerPolicyEngine;
import dev.sluice.sinks.query.GovernedTables;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Asks every part that a start of a pipeline needs, and changes nothing. A part that does not answer costs five seconds
 * at most, and does not keep the check from the other parts.
 *
 * <p>Used by one thread.
 */
public final class StartCheck {

    private static final String ANSWERS = "DEP-212";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String NO_SOURCE = "The source was not asked";
    private static final String[] SOURCE = {
        "name",
        "source.type",
        "source.url",
        "source.user",
        "source.password",
        "source.tls",
        "source.slot",
        "source.publication",
        "source.slot-warning"
    };

    private final PipelineReading reading;
    private final Pipeline pipeline;
    private final Home home;
    private final List<Finding> findings = new ArrayList<>();
    private String source = "";

    private StartCheck(PipelineReading reading, Pipeline pipeline, Home home) {
        this.reading = reading;
        this.pipeline = pipeline;
        this.home = home;
    }

    /** One step of the check; a failure with a code becomes a finding. */
    private interface Step {
        void run();
    }

    /**
     * Checks source, policy engine, broker, topics, registry, tables and home, in this order. A fault is a finding with
     * the code that {@code sluice run} would stop with, never an exception. A check that needs a setting with a fault
     * is skipped, and a finding says so.
     */
    public static List<Finding> run(PipelineReading reading, Home home) {
        if (reading.pipeline().isEmpty()) {
            String what = "Source, policy engine, broker, registry and home were not asked";
            return List.of(SkippedCheck.because(reading, what, List.of("the file")));
        }
        StartCheck check = new StartCheck(reading, reading.pipeline().get(), home);
        check.database();
        check.engine();
        check.transport();
        check.lake();
        check.home();
        return List.copyOf(check.findings);
    }

    /** Whether those settings can be used; says what was skipped otherwise. */
    private boolean can(String what, String... settings) {
        Optional<Finding> skipped = SkippedCheck.of(reading, what, settings);
        skipped.ifPresent(findings::add);
        return skipped.isEmpty();
    }

    /** Whether an entry of the tables can be used; one that cannot does not keep the check from the others. */
    private boolean hasTables(String what) {
        boolean some = !pipeline.source().named().places().isEmpty();
        return some || can(what, "source.tables");
    }

    /** Checks the source only. */
    public static List<Finding> source(PipelineReading reading, Home home) {
        return reading.pipeline()
                .map(pipeline -> {
                    StartCheck check = new StartCheck(reading, pipeline, home);
                    check.database();
                    return List.copyOf(check.findings);
                })
                .orElseGet(() -> List.of(SkippedCheck.because(reading, NO_SOURCE, List.of("the file"))));
    }

    private void database() {
        boolean foreign = pipeline.source().capture().isEmpty()
                && reading.faulty("source.type").isEmpty();
        if (!foreign && can(NO_SOURCE, SOURCE) && hasTables(NO_SOURCE)) {
            pipeline.source().capture().ifPresent(this::ask);
        }
    }

    private void ask(Pipeline.Database database) {
        List<Finding> found = pipeline.source().named().placed(CaptureCheck.run(pipeline.capture(database, home)));
        findings.addAll(found);
        if (!Finding.anyFails(found)) {
            passes(Place.of(database.server().address()), () -> source = SourceCapture.identity(database));
        }
    }

    private void engine() {
        URI server = pipeline.policy().server();
        if (server != null
                && can("The policy engine was not asked", "policy.engine", "policy.dir")
                && policyIsSound()) {
            Place place = Place.of(server.toString());
            boolean passed = passes(place, () -> new ServerPolicyEngine(
                            server, PolicyFolder.load(pipeline.policy().folder()), PATIENCE)
                    .requireAnswer());
            if (passed) {
                findings.add(Finding.ok(ANSWERS, place, "The OPA server answers."));
            }
        }
    }

    private boolean policyIsSound() {
        boolean sound = reading.policyFaults().isEmpty();
        if (!sound) {
            findings.add(SkippedCheck.because(
                    reading, "The policy engine was not asked", List.of("a file of the policy folder")));
        }
        return sound;
    }

    private void transport() {
        if (pipeline.transport().isEmbedded()) {
            return;
        }
        if (can("The broker was not asked", "source.type", "transport.bootstrap", "transport.security")) {
            broker();
        }
        if (pipeline.transport().hasRegistry() && can("The registry was not asked", "name", "transport.registry")) {
            registry();
        }
    }

    private void broker() {
        String bootstrap = pipeline.transport().bootstrap();
        Place place = Place.of(bootstrap);
        boolean captured = pipeline.source().capture().isPresent();
        boolean sought = !captured
                && can("The topics were not looked for", "name", "source.topics")
                && hasTables("The topics were not looked for");
        boolean passed = passes(place, () -> {
            try (TopicAdmin topics = new TopicAdmin(pipeline.transport().client(), PATIENCE)) {
                source = captured ? source : topics.identity();
                if (sought) {
                    topics.require(pipeline.tableTopics(home));
                } else {
                    topics.existing();
                }
            }
        });
        if (passed) {
            String topics = !sought ? "" : " and has the topic of every table";
            findings.add(Finding.ok(ANSWERS, place, "The broker answers" + topics + "."));
            if (pipeline.transport().isInClear()) {
                findings.add(Finding.warn(
                        "DEP-213",
                        place,
                        "Clear data travels to a broker on another machine without encryption.",
                        "Set transport.security.protocol to SSL or SASL_SSL."));
            }
        }
    }

    private void registry() {
        RegistrySettings settings = pipeline.registry(home);
        Place place = Place.of(settings.address().toString());
        String subject = pipeline.transactionTopic() + "-value";
        if (passes(place, () -> new HttpSchemaRegistry(settings.once(PATIENCE)).find(subject, "\"string\""))) {
            findings.add(Finding.ok(ANSWERS, place, "The schema registry answers."));
        }
    }

    /** Reads the log of every governed table that is there. */
    private void lake() {
        if (!Files.isDirectory(home.lake())) {
            return;
        }
        Place place = Place.of(home.lake().toString());
        GovernedTables lake = new GovernedTables(home.lake().toString(), new Configuration());
        if (passes(place, lake::tables)) {
            findings.add(Finding.ok(ANSWERS, place, "Every governed table can be read."));
        }
    }

    private void home() {
        Place place = Place.of(home.root().toString());
        boolean sound = passes(place, this::requireHome);
        sound &= passes(place, this::requireKeys);
        sound &= passes(place, this::requireState);
        sound &= passes(place, this::requireLedger);
        if (sound) {
            findings.add(
                    HomeLock.isTaken(home)
                            ? Finding.note(ANSWERS, place, "A process runs on this home; a second is refused.")
                            : Finding.ok(ANSWERS, place, "The home is free for this pipeline."));
        }
    }

    /** The store is opened only where it exists, because opening makes one that is missing. */
    private void requireKeys() {
        if (Files.exists(home.keys().resolve("keys.p12"))) {
            KeyFile.open(home.keys());
        }
    }

    private void requireState() {
        if (Files.exists(home.controlDb())) {
            try (ControlDatabase control = ControlDatabase.openReadOnly(home.controlDb())) {
                new GatewayState(control).startingWith("");
            }
        }
    }

    private void requireLedger() {
        HomeLedger ledger = new HomeLedger(home);
        if (ledger.exists()) {
            ledger.read();
        }
    }

    private void requireHome() {
        Path existing = home.root();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw HomeErrors.folder(existing, null);
        }
        if (Files.isDirectory(home.keys()) && can("Whose home it is was not looked at", "name")) {
            new HomeOwner(pipeline.name(), source).require(Home.existing(home.root()));
        }
    }

    private boolean passes(Place place, Step step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException e) { // boundary of a step: a failure with a code is a finding, any other goes on
            if (Failures.known(e).isEmpty()) {
                throw e;
            }
            fail(Failures.code(e), place, e);
            return false;
        }
    }

    private void fail(String code, Place place, RuntimeException failure) {
        String text = Failures.text(failure);
        String what = text.startsWith(code + " ") ? text.substring(code.length() + 1) : text;
        findings.add(Finding.fail(code, place, what, "sluice explain " + code));
    }
}
