package imageferry.local.prove;

/** Copies the imported image into the other region. */
record Copy(Installation installation) implements Step {
    @Override
    public String name() {
        return "Copy to " + installation.settings().other();
    }

    @Override
    public String asked() {
        return "The copy becomes Available, and has the checksum of its source.";
    }

    @Override
    public Outcome run() throws Exception {
        var copies = new Copies(installation);
        var ended = copies.ended(copies.start("copy"));
        if (!Copies.status(ended).equals("Available")) {
            return new Outcome.Failed("The copy ended as " + Copies.described(ended) + ".");
        }
        installation.copied(Copies.image(ended));
        var source = checksum(installation.original());
        var target = checksum(installation.copy());
        return source.equals(target)
                ? new Outcome.Passed(
                        installation.copy() + " is Available; both have the composite SHA-256 " + target + ".")
                : new Outcome.Failed("The checksum of the source is " + source + ", that of the copy " + target + ".");
    }

    private String checksum(String image) throws Exception {
        return installation
                .api()
                .get("/images/" + image)
                .ok()
                .at("/checksum/value")
                .asText();
    }
}
