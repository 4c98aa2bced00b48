package imageferry.bench.report;

/** Ours and one peer's copy of the same object in the same physics. */
record Pair(Row ours, Row peer) {
    /** How many times as fast ours is; 0 when ours failed, whatever became of the peer's. */
    double factor() {
        return ours.failed() ? 0 : peer.time() / ours.time();
    }

    boolean isSlower() {
        return peer.time() < ours.time();
    }

    /** The seconds by which ours is slower; for copies that did not fail. */
    double behind() {
        return ours.time() - peer.time();
    }

    /** Of these, those before its first part and after its last one. */
    double aroundParts() {
        return ours.aroundParts() - peer.aroundParts();
    }

    /** Of these, those between. */
    double amongParts() {
        return behind() - aroundParts();
    }

    /** How they compare, at which size. */
    String words() {
        if (ours.failed()) {
            return "ours failed at " + ours.size();
        }
        return peer.failed() ? "it fails at " + ours.size() : Words.times(factor()) + " at " + ours.size();
    }

    /** Both times and where. */
    String times() {
        return "%s against %s of %s at %s"
                .formatted(Words.time(ours.time()), Words.time(peer.time()), peer.tool(), place());
    }

    String place() {
        return ours.size() + " in " + ours.calibration();
    }
}
