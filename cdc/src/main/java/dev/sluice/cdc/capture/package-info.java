/**
 * Captures a source database into raw Kafka topics, at least once and without a gap.
 *
 * <p>In here, in order of a start: {@link dev.sluice.cdc.capture.CaptureConfig} says what to capture; {@link
 * dev.sluice.cdc.capture.DebeziumCapture} starts, supervises and stops the engine; {@link
 * dev.sluice.cdc.capture.StateFolder} stores {@link dev.sluice.cdc.capture.CaptureState} and the offsets ({@link
 * dev.sluice.cdc.capture.OffsetFile}); {@link dev.sluice.cdc.capture.StartGate} compares them with the source and
 * refuses a gap (of the publication by {@link dev.sluice.cdc.capture.PublicationGate}); {@link
 * dev.sluice.cdc.capture.TableGate} holds each table that capture would harm or lose ({@link
 * dev.sluice.cdc.capture.table.TableObstacle}), and no other; {@link dev.sluice.cdc.capture.RawTopics} creates the
 * topics; {@link dev.sluice.cdc.capture.EngineSettings} configures the embedded engine; {@link
 * dev.sluice.cdc.capture.RawTopicWriter} writes the engine's records, encoded by {@link
 * dev.sluice.cdc.capture.encode.RecordEncoder}, and confirms them at the {@link
 * dev.sluice.cdc.capture.cut.CommitBoundary commit boundaries}; before a batch {@link
 * dev.sluice.cdc.capture.SourceWatch} looks whether publication and tables are as they were; {@link
 * dev.sluice.cdc.capture.CaptureErrors} makes the failures, and {@link dev.sluice.cdc.capture.Causes} derives them from
 * exceptions of driver and engine.
 *
 * <p>May come in: what a start of capture or a batch of the engine needs. Another kind of source gets a package of its
 * own beside this one; SQL goes to {@code cdc.capture.postgres}; a check for people goes to {@code cdc.capture.check};
 * which tables may be captured goes to {@code cdc.capture.table}; how a value stands in a raw topic goes to {@code
 * cdc.capture.value}; what turns a record into bytes goes to {@code cdc.capture.encode}; what outlives a capture goes
 * to {@code cdc.capture.epoch}; what readers must know of transactions goes to {@code cdc.capture.cut}.
 *
 * <p>May use: {@code cdc}, {@code cdc.capture.cut}, {@code cdc.capture.encode}, {@code cdc.capture.epoch}, {@code
 * cdc.capture.server}, {@code cdc.capture.postgres}, {@code cdc.capture.table}, {@code cdc.capture.value}, {@code
 * cdc.event}, {@code cdc.registry}, {@code cdc.access}; Debezium, Kafka clients and Kafka Connect, Jackson, SLF4J.
 */
@NullMarked
package dev.sluice.cdc.capture;

import org.jspecify.annotations.NullMarked;
