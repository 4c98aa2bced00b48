package imageferry.bench.server;

/** Writes XML elements for the small documents of S3. */
final class Xml {
    private final String name;
    private final StringBuilder inside = new StringBuilder();

    private Xml(String name) {
        this.name = name;
    }

    static Xml of(String name) {
        return new Xml(name);
    }

    Xml with(String element, Object value) {
        inside.append('<').append(element).append('>');
        inside.append(escaped(value.toString()));
        inside.append("</").append(element).append('>');
        return this;
    }

    Xml with(Xml element) {
        inside.append(element.element(""));
        return this;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private String element(String attributes) {
        return "<" + name + attributes + ">" + inside + "</" + name + ">";
    }

    @Override
    public String toString() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + element(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"");
    }
}
