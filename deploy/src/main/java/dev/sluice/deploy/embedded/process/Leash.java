package dev.sluice.deploy.embedded.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ties a program to the life of this process. The program runs under a small shell that holds the reading end of a pipe
 * from here; the end of this process, by whatever signal, closes the pipe, and the shell then stops the program:
 * first with its own stop signal, after a grace time with SIGKILL. Stopping on purpose is the same act: the pipe is
 * closed.
 *
 * <p>The shell runs in a session of its own where {@code setsid} exists, so that Ctrl-C in the terminal reaches this
 * process only and the order of stopping stays ours.
 *
 * @param stopSignal name of the signal that asks the program to stop, for example {@code TERM}
 * @param grace how long it may take before it is killed, whole seconds
 */
public record Leash(String stopSignal, Duration grace) {

    /** Marks the shells of leashes in a process list. */
    static final String MARK = "sluice-leash";

    /**
     * The read loop ends with the pipe. A trapped signal interrupts {@code wait}, so it is repeated until the program
     * is really gone. The inner shell dies of SIGTERM while it reads; once it stops the program it ends with it by
     * itself, so that no {@code sleep} is left behind.
     */
    private static final String SCRIPT =
            """
            signal=$1 grace=$2 pidfile=$3; shift 3
            trap '' HUP
            exec 3<&0 </dev/null
            "$@" 3<&- &
            child=$!
            echo "$child" >"$pidfile"
            (
              trap - TERM
              while read -r _ <&3; do :; done
              trap '' TERM
              kill -s "$signal" "$child" 2>/dev/null
              n=0
              while kill -0 "$child" 2>/dev/null; do
                [ "$n" -lt $((grace * 5)) ] || kill -s KILL "$child" 2>/dev/null
                n=$((n + 1))
                sleep 0.2
              done
            ) &
            watch=$!
            trap 'kill -s "$signal" "$child" 2>/dev/null' TERM INT
            exec 3<&-
            while :; do
              wait "$child"
              code=$?
              kill -0 "$child" 2>/dev/null || break
            done
            kill -s TERM "$watch" 2>/dev/null
            wait "$watch" 2>/dev/null
            rm -f "$pidfile"
            exit "$code"
            """;

    /** The command that runs that program on this leash; its standard input must be a pipe from this process. */
    List<String> command(Path pidFile, List<String> program) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        command.addAll(List.of("/bin/sh", "-c", SCRIPT, MARK));
        command.addAll(List.of(stopSignal, Long.toString(grace.toSeconds()), pidFile.toString()));
        command.addAll(program);
        return command;
    }
}
