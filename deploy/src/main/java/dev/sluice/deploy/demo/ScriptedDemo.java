package dev.sluice.deploy.demo;

import dev.sluice.deploy.demo.shop.MalformedRecords;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.gateway.Gateway;
import dev.sluice.deploy.gateway.GatewayRun;
import dev.sluice.deploy.lifecycle.Steps;
import dev.sluice.deploy.pipeline.Pipeline;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/**
 * Plays the fixed story: a shop that lives through every kind of change, records that cannot be decoded, and one person
 * who asks to be erased.
 */
public final class ScriptedDemo {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final List<String> ERASED_CUSTOMER = List.of("7");

    private final GatewayRun run;

    /** The story over the home of that run. */
    public ScriptedDemo(GatewayRun run) {
        this.run = run;
    }

    /** Plays the story to its end and answers what came of it. */
    public DemoSummary play() {
        Steps steps = run.steps();
        EmbeddedRuntime parts = run.embedded(EnumSet.allOf(Part.class));
        DemoShop shop = new DemoShop(parts.postgres());
        steps.step("shop", "the sample shop is there", shop::prepare);
        Pipeline pipeline = DemoHome.lay(run.home(), parts);
        Gateway gateway = run.open(pipeline, batch -> {});
        steps.step("story", "the story is played, with records that cannot be decoded", () -> run.ending()
                .interruptibly(() -> {
                    shop.play();
                    String topic = pipeline.tableTopics(run.home()).get(0);
                    shop.once("MALFORMED", () -> MalformedRecords.inject(parts.kafkaBootstrap(), topic));
                    return topic;
                }));
        steps.step("govern", "every change is governed and recorded", () -> gateway.drain(LIMIT));
        steps.step("erase", "one person is erased", () -> gateway.erase("customer", ERASED_CUSTOMER, "demo"));
        return steps.step(
                "verify",
                "the ledger is verified against the tables",
                () -> DemoSummary.of(run.home(), gateway.erasures()));
    }
}
