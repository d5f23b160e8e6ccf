/**
 * Engines that evaluate the Rego library of a policy folder.
 *
 * <p>In order: {@link dev.sluice.policy.opa.CompiledPolicy} finds the Wasm module that belongs to the folder's Rego,
 * {@link dev.sluice.policy.opa.WasmPolicyEngine} runs it in this process, {@link
 * dev.sluice.policy.opa.ServerPolicyEngine} asks an OPA server. {@link dev.sluice.policy.opa.OpaBinary} is the real
 * {@code opa} on this machine, if there is one.
 */
@NullMarked
package dev.sluice.policy.opa;

import org.jspecify.annotations.NullMarked;
