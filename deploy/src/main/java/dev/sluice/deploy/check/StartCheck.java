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
import dev.sluice.masking.control.ControlDatabase;
import dev.sluice.masking.control.GatewayState;
import dev.sluice.masking.key.KeyFile;
import dev.sluice.policy.catalog.PolicyFolder;
import dev.sluice.policy.opa.ServerPolicyEngine;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks every part that a start of a pipeline needs, and changes nothing. A part that does not answer costs five seconds
 * at most, and does not keep the check from the other parts.
 *
 * <p>Used by one thread.
 */
public final class StartCheck {

    private static final String ANSWERS = "DEP-212";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Pipeline pipeline;
    private final Home home;
    private final List<Finding> findings = new ArrayList<>();
    private String source = "";

    private StartCheck(Pipeline pipeline, Home home) {
        this.pipeline = pipeline;
        this.home = home;
    }

    /** One step of the check; a failure with a code becomes a finding. */
    private interface Step {
        void run();
    }

    /**
     * Checks source, policy engine, broker, topics, registry and home, in this order. A fault is a finding with the
     * code that {@code sluice run} would stop with, never an exception.
     */
    public static List<Finding> run(Pipeline pipeline, Home home) {
        StartCheck check = new StartCheck(pipeline, home);
        check.database();
        check.engine();
        if (!pipeline.transport().isEmbedded()) {
            check.broker();
            if (pipeline.transport().hasRegistry()) {
                check.registry();
            }
        }
        check.home();
        return List.copyOf(check.findings);
    }

    private void database() {
        pipeline.source().capture().ifPresent(database -> {
            List<Finding> found = pipeline.source().named().placed(CaptureCheck.run(pipeline.capture(database, home)));
            findings.addAll(found);
            if (!Finding.anyFails(found)) {
                passes(Place.of(database.server().address()), () -> source = SourceCapture.identity(database));
            }
        });
    }

    private void engine() {
        URI server = pipeline.policy().server();
        if (server != null) {
            Place place = Place.of(server.toString());
            boolean passed = passes(place, () -> new ServerPolicyEngine(
                            server, PolicyFolder.load(pipeline.policy().folder()), PATIENCE)
                    .requireAnswer());
            if (passed) {
                findings.add(Finding.ok(ANSWERS, place, "The OPA server answers."));
            }
        }
    }

    private void broker() {
        String bootstrap = pipeline.transport().bootstrap();
        Place place = Place.of(bootstrap);
        boolean captured = pipeline.source().capture().isPresent();
        boolean passed = passes(place, () -> {
            try (TopicAdmin topics = new TopicAdmin(pipeline.transport().client(), PATIENCE)) {
                if (captured) {
                    topics.existing();
                } else {
                    source = topics.identity();
                    topics.require(pipeline.tableTopics(home));
                }
            }
        });
        if (passed) {
            String topics = captured ? "" : " and has the topic of every table";
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
        if (Files.isDirectory(home.keys())) {
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
