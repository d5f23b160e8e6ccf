package dev.sluice.cdc.testkit;

import java.util.concurrent.CompletableFuture;

/**
 * Database, broker and registry together.
 *
 * @param postgres the source
 * @param kafka the broker
 * @param registry the schema registry
 */
public record TestStack(TestPostgres postgres, TestKafka kafka, TestRegistry registry) {

    private static final class Shared {
        private static final TestStack STACK = start();
    }

    /** The one stack of this JVM, started at first use; it ends with the JVM. */
    public static TestStack shared() {
        return Shared.STACK;
    }

    private static TestStack start() {
        CompletableFuture<TestRegistry> registry = CompletableFuture.supplyAsync(TestRegistry::start);
        CompletableFuture<TestKafka> kafka = CompletableFuture.supplyAsync(TestKafka::start);
        TestStack stack = new TestStack(TestPostgres.start(), kafka.join(), registry.join());
        Runtime.getRuntime().addShutdownHook(new Thread(stack.kafka::close));
        return stack;
    }
}
