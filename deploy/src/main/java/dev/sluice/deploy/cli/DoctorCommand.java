package dev.sluice.deploy.cli;

import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.capture.check.Finding;
import dev.sluice.cdc.capture.check.Finding.Level;
import dev.sluice.deploy.embedded.HomeLock;
import dev.sluice.deploy.gateway.Captures;
import dev.sluice.deploy.pipeline.Pipeline;
import dev.sluice.deploy.pipeline.PipelineFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice doctor}. */
@Command(name = "doctor", description = "Check this machine, the home and the source, and say what to do.")
final class DoctorCommand implements Callable<Integer> {

    private static final long LEAST_FREE_BYTES = 2L << 30;
    private static final int OLDEST_JAVA = 17;

    @Mixin
    private PipelineOption pipeline;

    @Mixin
    private Answer answer;

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(disk(pipeline.home().root()));
        boolean running = HomeLock.isTaken(pipeline.home());
        findings.add(new Finding(
                Level.OK, "DEP-413", running ? "a gateway is running on this home" : "no gateway is running", ""));
        pipeline.find().ifPresent(file -> findings.addAll(source(file)));
        answer.print(Findings.listing(findings));
        return Findings.exitCode(findings);
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        return feature >= OLDEST_JAVA
                ? new Finding(Level.OK, "DEP-411", "java " + Runtime.version(), "")
                : new Finding(Level.FAIL, "DEP-411", "java " + Runtime.version() + " is too old", "install a JDK 17");
    }

    private static Finding disk(Path home) {
        long free = home.toFile().getUsableSpace();
        String what = (free >> 30) + " GiB free at " + home;
        return free >= LEAST_FREE_BYTES
                ? new Finding(Level.OK, "DEP-412", what, "")
                : new Finding(Level.WARN, "DEP-412", what, "make room, or name a larger disk with --home");
    }

    private List<Finding> source(Path file) {
        Pipeline read = PipelineFile.read(file);
        return read.source()
                .capture()
                .map(database -> CaptureCheck.run(Captures.config(read, database, pipeline.home())))
                .orElse(List.of());
    }
}
