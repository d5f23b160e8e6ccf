package dev.sluice.policy.catalog;

/** The shape of each file of a policy folder. */
final class Shapes {

    private Shapes() {}

    static Shape treatments() {
        return Shape.mapOf(Shape.mapOf(Shape.scalar()));
    }

    static Shape taxonomy() {
        Shape category = Shape.object().needs("about", Shape.text()).may("special", Shape.flag());
        Shape word = Shape.object().needs("about", Shape.text());
        return Shape.object()
                .needs("categories", Shape.mapOf(category))
                .needs("purposes", Shape.mapOf(word))
                .may("subjects", Shape.mapOf(word));
    }

    static Shape consumers() {
        return Shape.mapOf(Shape.object()
                .needs("purpose", Shape.text())
                .needs("sink", Shape.text())
                .needs("owner", Shape.text())
                .may("region", Shape.text()));
    }

    static Shape rules() {
        return Shape.mapOf(Shape.object()
                .needs("category", Shape.text())
                .needs("purposes", Shape.listOf(Shape.text()))
                .needs("treatment", Shape.text())
                .may("params", Shape.mapOf(Shape.scalar()))
                .needs("why", Shape.text())
                .may("approved_by", Shape.text())
                .may("expires", Shape.date()));
    }

    static Shape dataset() {
        Shape references = Shape.object().needs("table", Shape.text()).needs("field", Shape.text());
        Shape field = Shape.object().needs("tags", Shape.listOf(Shape.text())).may("references", references);
        Shape subject = Shape.object().needs("kind", Shape.text()).needs("key", Shape.listOf(Shape.text()));
        return Shape.object()
                .needs("owner", Shape.text())
                .may("about", Shape.text())
                .may("subject", subject)
                .needs("fields", Shape.mapOf(field));
    }
}
