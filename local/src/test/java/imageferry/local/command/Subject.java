package imageferry.local.command;

/** The image of a table's cell, and the copy that made it or will make it. */
record Subject(String imageId, String copyId, String region) {
    String path() {
        return "/images/" + imageId;
    }
}
