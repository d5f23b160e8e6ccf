/**
 * Source database to raw Kafka topics, nothing lost.
 *
 * <p>In order of a start: {@link dev.sluice.cdc.capture.CaptureConfig} says what to capture; {@link
 * dev.sluice.cdc.capture.DebeziumCapture} supervises; {@link dev.sluice.cdc.capture.StateFolder} keeps {@link
 * dev.sluice.cdc.capture.CaptureState} and the offsets ({@link dev.sluice.cdc.capture.OffsetFile}); {@link
 * dev.sluice.cdc.capture.StartGate} compares them with the source and refuses a gap; {@link
 * dev.sluice.cdc.capture.RawTopics} makes the topics; {@link dev.sluice.cdc.capture.EngineSettings} configure the
 * embedded engine, whose records {@link dev.sluice.cdc.capture.RawTopicWriter} encodes ({@link
 * dev.sluice.cdc.capture.RecordEncoder}, {@link dev.sluice.cdc.capture.AvroBody}) and writes before it confirms them at
 * {@link dev.sluice.cdc.capture.CommitBoundary commit boundaries}. Failures come from {@link
 * dev.sluice.cdc.capture.CaptureErrors}.
 */
@NullMarked
package dev.sluice.cdc.capture;

import org.jspecify.annotations.NullMarked;
