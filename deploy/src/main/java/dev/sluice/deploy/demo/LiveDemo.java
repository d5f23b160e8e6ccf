package dev.sluice.deploy.demo;

import dev.sluice.deploy.ask.BatchText;
import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import dev.sluice.deploy.gateway.GatewayRun;
import dev.sluice.deploy.pipeline.Pipeline;
import java.util.EnumSet;
import java.util.function.Consumer;

/** Runs the demo that stays alive until it is stopped. */
public final class LiveDemo {

    private final GatewayRun run;
    private final Consumer<String> tell;

    /**
     * The demo over the home of that run.
     *
     * @param tell takes one line for each batch
     */
    public LiveDemo(GatewayRun run, Consumer<String> tell) {
        this.run = run;
        this.tell = tell;
    }

    /** Starts all parts and the shop; closing the run stops them. */
    public void start() {
        EmbeddedRuntime parts = run.embedded(EnumSet.allOf(Part.class));
        DemoShop shop = new DemoShop(parts.postgres());
        run.steps().step("shop", "the sample shop is there", shop::prepare);
        Pipeline pipeline = DemoHome.lay(run.home(), parts);
        run.open(pipeline, audited -> tell.accept(BatchText.of(audited)));
        run.steps().open("life", "the shop is alive", shop::enliven);
        String home = quoted(run.home().root().toString());
        String command = System.getProperty("sluice.command", "sluice");
        String sluice = command.matches("[A-Za-z0-9_./-]+") ? command : quoted(command);
        tell.accept("Look at the shop from another shell, for example:");
        tell.accept("  " + sluice + " status --home " + home);
        tell.accept("  " + sluice + " table list --home " + home);
        tell.accept("Ctrl-C stops every part; the next start goes on here.");
    }

    /** The text as one word of a shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
