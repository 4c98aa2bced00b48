package imageferry.local.command;

/** An image that a cell of a table is about, and the copy that made it or is to make it. */
record Subject(String imageId, String copyId, String region) {
    String path() {
        return "/images/" + imageId;
    }
}
