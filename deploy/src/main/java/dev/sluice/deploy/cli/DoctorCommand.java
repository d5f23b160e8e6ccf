package dev.sluice.deploy.cli;

import dev.sluice.cdc.capture.check.CaptureCheck;
import dev.sluice.cdc.finding.Finding;
import dev.sluice.cdc.finding.Finding.Place;
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
        Place home = Place.of(pipeline.home().root().toString());
        findings.add(
                Finding.ok("DEP-413", home, running ? "A gateway is running on this home." : "No gateway is running."));
        pipeline.find().ifPresent(file -> findings.addAll(source(file)));
        answer.print(Findings.listing(findings));
        return Findings.exitCode(findings);
    }

    private static Finding java() {
        Place place = Place.of("java");
        int feature = Runtime.version().feature();
        return feature >= OLDEST_JAVA
                ? Finding.ok("DEP-411", place, "The version is " + Runtime.version() + ".")
                : Finding.fail(
                        "DEP-411", place, "The version " + Runtime.version() + " is too old.", "Install a JDK 17.");
    }

    private static Finding disk(Path home) {
        long free = home.toFile().getUsableSpace();
        Place place = Place.of(home.toString());
        String what = (free >> 30) + " GiB are free.";
        return free >= LEAST_FREE_BYTES
                ? Finding.ok("DEP-412", place, what)
                : Finding.warn("DEP-412", place, what, "Make room, or name a larger disk with --home.");
    }

    private List<Finding> source(Path file) {
        Pipeline read = PipelineFile.read(file);
        return read.source()
                .capture()
                .map(database -> CaptureCheck.run(Captures.config(read, database, pipeline.home())))
                .orElse(List.of());
    }
}
