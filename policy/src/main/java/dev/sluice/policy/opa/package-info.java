/**
 * Evaluates the Rego library of a policy folder.
 *
 * <p>In here: {@link dev.sluice.policy.opa.WasmPolicyEngine} runs the library in this process, from the module that
 * {@link dev.sluice.policy.opa.CompiledPolicy} finds by its {@link dev.sluice.policy.opa.Manifest}; {@link
 * dev.sluice.policy.opa.ServerPolicyEngine} asks an OPA server; {@link dev.sluice.policy.opa.OpaBinary} runs the {@code
 * opa} command of this machine, and {@link dev.sluice.policy.opa.OpaRun} holds its result.
 *
 * <p>May come in: another engine for the same library. What an answer means goes to {@code policy.decision}.
 *
 * <p>May use: {@code policy}, {@code policy.catalog}, {@code policy.decision}; Jackson, the OPA Wasm runtime, the HTTP
 * client of the JDK.
 */
@NullMarked
package dev.sluice.policy.opa;

import org.jspecify.annotations.NullMarked;
