# METADATA
# title: The gate
# description: >-
#   Interprets catalog, rules, consumers and taxonomy (all data) and answers which treatment every field of a dataset gets.
#   The strictest candidate wins. What nobody decided is hidden. There is no clock, no randomness and no network here.
package gate

# Strictness, from the least strict. The same list as the gateway's own; a test holds the two together.
rank := {
	"keep": 0,
	"generalize": 1,
	"partial": 2,
	"hmac": 3,
	"encrypt": 4,
	"quarantine": 5,
	"redact": 6,
	"null": 7,
	"drop": 8,
}

default plan := {
	"allow": false,
	"fields": {},
	"subject": null,
	"unclassified": [],
	"violations": ["the input has not the expected shape"],
}

plan := {
	"allow": true,
	"fields": {field.path: decision(field) | some field in input.schema.fields},
	"subject": subject,
	"unclassified": sort([field.path | some field in input.schema.fields; count(tags(field)) == 0]),
	"violations": [],
} if {
	count(input.schema.fields) > 0
	count(violations) == 0
}

plan := {
	"allow": false,
	"fields": {},
	"subject": null,
	"unclassified": [],
	"violations": sort([violation | some violation in violations]),
} if {
	count(violations) > 0
}

# Who asks, and for what.

violations contains "the consumer is not in consumers/data.yaml" if not data.consumers[input.consumer.id]

violations contains "the consumer has another purpose in consumers/data.yaml" if {
	data.consumers[input.consumer.id].purpose != input.consumer.purpose
}

violations contains "the purpose is not in taxonomy/data.yaml" if not data.taxonomy.purposes[input.consumer.purpose]

# What the catalog says.

default entry := {}

entry := data.catalog[input.dataset.source][input.dataset.schema][input.dataset.table]

default subject := null

subject := entry.subject

tags(field) := {tag | some tag in object.get(object.get(object.get(entry, "fields", {}), field.path, {}), "tags", [])} | {tag | some tag in object.get(field, "tags", [])}

# Every rule that speaks about a category of the field is a candidate; so is the fallback for every category without a
# rule. More categories give more candidates, never fewer, so that a new tag can only tighten.

decision(field) := {"treatment": best[3], "params": best[4], "rule": best[1], "category": best[2]} if {
	found := candidates(field)
	all := found | conflicts(found)
	best := sort([[0 - rank[c.treatment], c.rule, c.category, c.treatment, c.params] | some c in all])[0]
}

candidates(field) := {candidate(fallback(field), "unclassified", null)} if count(tags(field)) == 0

candidates(field) := {c | some tag in tags(field); some c in ruled(tag)} | {candidate(fallback(field), "no-rule", tag) | some tag in tags(field); count(ruled(tag)) == 0} if {
	count(tags(field)) > 0
}

ruled(tag) := {candidate(effective(rule), id, tag) |
	some id, rule in data.rules
	covers(rule.category, tag)
	serves(rule)
	active(rule)
}

candidate(chosen, rule, category) := {
	"treatment": chosen.treatment,
	"params": chosen.params,
	"rule": rule,
	"category": category,
}

# Two rules that want the same treatment in two ways: neither is stricter, so the value is hidden until they agree.
conflicts(found) := {candidate({"treatment": "quarantine", "params": {}}, "conflict", one.category) |
	some one in found
	some other in found
	one.treatment == other.treatment
	one.params != other.params
	rank[one.treatment] < rank.quarantine
}

# A treatment that nobody knows hides the value.
effective(rule) := {
	"treatment": rule.treatment,
	"params": object.union(site_params(rule.treatment), object.get(rule, "params", {})),
} if {
	rank[rule.treatment] >= 0
} else := {"treatment": "quarantine", "params": {}}

site_params(treatment) := data.treatments[treatment]

site_params(treatment) := {} if not data.treatments[treatment]

# A key must stay a key: it gets a pseudonym in a join group of its own instead of a ciphertext.
fallback(field) := {"treatment": "hmac", "params": {"domain": own_domain}} if field.key

fallback(field) := {"treatment": "quarantine", "params": {}} if not field.key

own_domain := concat("", ["own:", concat(".", [input.dataset.source, input.dataset.schema, input.dataset.table])])

covers(general, special) if general == special

covers(general, special) if startswith(special, concat("", [general, "."]))

serves(rule) if {
	some purpose in rule.purposes
	covers(purpose, input.consumer.purpose)
}

active(rule) if object.get(rule, "expires", "9999-12-31") >= substring(input.context.at, 0, 10)
