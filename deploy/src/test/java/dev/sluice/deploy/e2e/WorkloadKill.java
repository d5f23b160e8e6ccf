package dev.sluice.deploy.e2e;

import dev.sluice.deploy.embedded.EmbeddedRuntime;
import dev.sluice.deploy.embedded.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is killed while the workload goes on; broker and database come back at the same address. */
enum WorkloadKill {
    GATEWAY("KILL", null),
    BROKER("KILL", Part.KAFKA),
    DATABASE("KILL", Part.POSTGRES),

    /** What {@code pg_ctl stop -m immediate} sends. */
    DATABASE_IMMEDIATELY("QUIT", Part.POSTGRES);

    private final String signal;
    private final @Nullable Part part;

    WorkloadKill(String signal, @Nullable Part part) {
        this.signal = signal;
        this.part = part;
    }

    /** Kills the part and starts it again; the gateway is the business of the caller. */
    void strike(EmbeddedRuntime runtime) throws Exception {
        if (part == null) {
            throw new IllegalStateException("the gateway is no part of the runtime");
        }
        ProcessHandle program = runtime.process(part).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(program.descendants().toList());
        all.add(program);
        send(signal, program);
        // The processes of a killed server end by themselves; they must be gone before another server starts.
        for (ProcessHandle each : all) {
            each.onExit().get(1, TimeUnit.MINUTES);
        }
        runtime.restart(part);
    }

    private static void send(String signal, ProcessHandle process) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + signal + " ended with " + code);
        }
    }
}
