package gate_test

import data.gate

# The library against data of its own, so that these tests hold whatever stewards write.

taxonomy := {
	"categories": {"a": {}, "a.b": {}, "c": {}},
	"purposes": {"reporting": {}, "reporting.daily": {}, "support": {}},
}

consumers := {
	"lake": {"purpose": "reporting.daily", "sink": "delta"},
	"stray": {"purpose": "marketing", "sink": "delta"},
}

catalog := {"s": {"p": {"t": {
	"subject": {"kind": "person", "key": ["id"]},
	"fields": {
		"id": {"tags": ["a"]},
		"b": {"tags": ["a.b"]},
		"both": {"tags": ["a.b", "c"]},
		"empty": {"tags": []},
	},
}}}}

rules := {
	"keep-a": {"category": "a", "purposes": ["reporting"], "treatment": "keep"},
	"hide-c": {"category": "c", "purposes": ["reporting"], "treatment": "redact"},
}

field(path) := {"path": path, "type": "text", "nullable": true, "key": false}

ask(fields, consumer) := {
	"dataset": {"source": "s", "schema": "p", "table": "t"},
	"schema": {"fields": fields},
	"consumer": consumer,
	"context": {"at": "2026-11-23T10:00:00Z"},
}

lake := {"id": "lake", "purpose": "reporting.daily"}

answer(fields, asked_rules) := plan if {
	plan := gate.plan with input as ask(fields, lake)
		with data.taxonomy as taxonomy
		with data.consumers as consumers
		with data.catalog as catalog
		with data.rules as asked_rules
		with data.treatments as {"redact": {"phrase": "gone"}}
}

test_a_rule_covers_its_category_and_those_below if {
	plan := answer([field("id"), field("b")], rules)
	plan.allow
	plan.fields.id == {"treatment": "keep", "params": {}, "rule": "keep-a", "category": "a"}
	plan.fields.b.treatment == "keep"
	plan.fields.b.category == "a.b"
}

test_a_rule_does_not_cover_a_category_that_only_starts_alike if {
	plan := answer([object.union(field("x"), {"tags": ["ab"]})], rules)
	plan.fields.x.treatment == "quarantine"
}

test_the_strictest_rule_wins if {
	plan := answer([field("both")], rules)
	plan.fields.both == {"treatment": "redact", "params": {"phrase": "gone"}, "rule": "hide-c", "category": "c"}
}

test_params_of_the_rule_win_over_those_of_the_site if {
	own := object.union(rules, {"hide-c": object.union(rules["hide-c"], {"params": {"phrase": "own"}})})
	plan := answer([field("both")], own)
	plan.fields.both.params == {"phrase": "own"}
}

test_a_tag_without_a_rule_hides_the_field if {
	plan := answer([field("both")], object.remove(rules, ["hide-c"]))
	plan.fields.both.treatment == "quarantine"
	plan.fields.both.rule == "no-rule"
	plan.fields.both.category == "c"
}

test_no_rule_at_all_hides_every_field if {
	plan := answer([field("id"), field("b"), field("both"), field("empty")], {})
	plan.allow
	every f in plan.fields { f.treatment == "quarantine" }
}

test_an_unclassified_field_is_hidden_and_listed if {
	plan := answer([field("id"), field("empty"), field("new")], rules)
	plan.unclassified == ["empty", "new"]
	plan.fields.new == {"treatment": "quarantine", "params": {}, "rule": "unclassified", "category": null}
}

test_an_unclassified_key_gets_a_pseudonym_of_its_own if {
	plan := answer([object.union(field("new"), {"key": true})], rules)
	plan.fields.new.treatment == "hmac"
	plan.fields.new.params == {"domain": "own:s.p.t"}
}

test_a_table_nobody_described_is_hidden if {
	plan := gate.plan with input as object.union(ask([field("id")], lake), {"dataset": {"table": "other"}})
		with data.taxonomy as taxonomy
		with data.consumers as consumers
		with data.catalog as catalog
		with data.rules as rules
	plan.allow
	plan.subject == null
	plan.fields.id.treatment == "quarantine"
}

test_a_tag_of_the_input_counts_like_one_of_the_catalog if {
	plan := answer([object.union(field("id"), {"tags": ["c"]})], rules)
	plan.fields.id.treatment == "redact"
}

test_a_rule_counts_until_the_end_of_its_last_day if {
	today := {"r": object.union(rules["keep-a"], {"expires": "2026-11-23"})}
	past := {"r": object.union(rules["keep-a"], {"expires": "2026-11-22"})}
	answer([field("id")], today).fields.id.treatment == "keep"
	answer([field("id")], past).fields.id.treatment == "quarantine"
}

test_a_rule_for_another_purpose_does_not_count if {
	other := {"r": object.union(rules["keep-a"], {"purposes": ["support"]})}
	answer([field("id")], other).fields.id.treatment == "quarantine"
}

test_an_unknown_treatment_hides_the_field if {
	odd := {"r": object.union(rules["keep-a"], {"treatment": "publish"})}
	plan := answer([field("id")], odd)
	plan.fields.id.treatment == "quarantine"
	plan.fields.id.rule == "r"
}

test_rules_that_contradict_each_other_hide_the_field if {
	both := {
		"one": {"category": "a", "purposes": ["reporting"], "treatment": "hmac", "params": {"domain": "x"}},
		"two": {"category": "a", "purposes": ["reporting"], "treatment": "hmac", "params": {"domain": "y"}},
	}
	plan := answer([field("id")], both)
	plan.fields.id.treatment == "quarantine"
	plan.fields.id.rule == "conflict"
}

test_an_unknown_consumer_gets_nothing if {
	plan := gate.plan with input as ask([field("id")], {"id": "who", "purpose": "reporting.daily"})
		with data.taxonomy as taxonomy
		with data.consumers as consumers
		with data.catalog as catalog
		with data.rules as rules
	not plan.allow
	plan.fields == {}
	"the consumer is not in consumers/data.yaml" in plan.violations
}

test_a_consumer_with_another_purpose_gets_nothing if {
	plan := gate.plan with input as ask([field("id")], {"id": "lake", "purpose": "support"})
		with data.taxonomy as taxonomy
		with data.consumers as consumers
		with data.catalog as catalog
		with data.rules as rules
	not plan.allow
	plan.fields == {}
}

test_an_unknown_purpose_gets_nothing if {
	plan := gate.plan with input as ask([field("id")], {"id": "stray", "purpose": "marketing"})
		with data.taxonomy as taxonomy
		with data.consumers as consumers
		with data.catalog as catalog
		with data.rules as rules
	plan.violations == ["the purpose is not in taxonomy/data.yaml"]
	not plan.allow
}

test_an_input_without_fields_gets_nothing if {
	not answer([], rules).allow
}
