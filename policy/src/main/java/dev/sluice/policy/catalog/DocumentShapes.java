package dev.sluice.policy.catalog;

/** Defines the form of each file of a policy folder. */
final class DocumentShapes {

    private DocumentShapes() {}

    static DocumentShape treatments() {
        return DocumentShape.mapOf(DocumentShape.mapOf(DocumentShape.scalar()));
    }

    static DocumentShape taxonomy() {
        DocumentShape category =
                DocumentShape.object().needs("about", DocumentShape.text()).may("special", DocumentShape.flag());
        DocumentShape word = DocumentShape.object().needs("about", DocumentShape.text());
        return DocumentShape.object()
                .needs("categories", DocumentShape.mapOf(category))
                .needs("purposes", DocumentShape.mapOf(word))
                .may("subjects", DocumentShape.mapOf(word));
    }

    static DocumentShape consumers() {
        return DocumentShape.mapOf(DocumentShape.object()
                .needs("purpose", DocumentShape.text())
                .needs("sink", DocumentShape.text())
                .needs("owner", DocumentShape.text())
                .may("region", DocumentShape.text()));
    }

    static DocumentShape rules() {
        return DocumentShape.mapOf(DocumentShape.object()
                .needs("category", DocumentShape.text())
                .needs("purposes", DocumentShape.listOf(DocumentShape.text()))
                .needs("treatment", DocumentShape.text())
                .may("params", DocumentShape.mapOf(DocumentShape.scalar()))
                .needs("why", DocumentShape.text())
                .may("approved_by", DocumentShape.text())
                .may("expires", DocumentShape.date()));
    }

    static DocumentShape dataset() {
        DocumentShape references =
                DocumentShape.object().needs("table", DocumentShape.text()).needs("field", DocumentShape.text());
        DocumentShape field = DocumentShape.object()
                .needs("tags", DocumentShape.listOf(DocumentShape.text()))
                .may("references", references);
        DocumentShape subject = DocumentShape.object()
                .needs("kind", DocumentShape.text())
                .needs("key", DocumentShape.listOf(DocumentShape.text()));
        return DocumentShape.object()
                .needs("owner", DocumentShape.text())
                .may("about", DocumentShape.text())
                .may("subject", subject)
                .needs("fields", DocumentShape.mapOf(field));
    }
}
