package imageferry.local.prove;

/** Downloads both images and compares their hashes with that of the generated disk. */
record Compare(Installation installation, Disk disk) implements Step {
    @Override
    public String name() {
        return "Compare";
    }

    @Override
    public String asked() {
        return "The downloads of the image and of its copy have the SHA-256 of the uploaded disk.";
    }

    @Override
    public Outcome run() throws Exception {
        var image = sha256(installation.original());
        var copy = sha256(installation.copy());
        var sent = disk.sha256();
        return sent.equals(image) && sent.equals(copy)
                ? new Outcome.Passed("All three are " + sent + ".")
                : new Outcome.Failed("Disk " + sent + ", image " + image + ", copy " + copy + ".");
    }

    private String sha256(String image) throws Exception {
        var link = installation.api().get("/images/" + image + "/download").ok();
        return installation.api().sha256OfLink(link.path("url").asText());
    }
}
