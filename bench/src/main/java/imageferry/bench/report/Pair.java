package imageferry.bench.report;

/** Copies of the same object under the same conditions: ours and a peer's. */
record Pair(Row ours, Row peer) {
    /** Returns how many times as fast ours is; 0 when ours failed, even if the peer's failed too. */
    double factor() {
        return ours.failed() ? 0 : peer.time() / ours.time();
    }

    boolean isSlower() {
        return peer.time() < ours.time();
    }

    boolean isOfTheSameWidth() {
        return peer.isTuned() && peer.width() == ours.width();
    }

    /** Returns by how many seconds ours is slower; only for copies that did not fail. */
    double behind() {
        return ours.time() - peer.time();
    }

    /** Describes how the two compare. */
    String comparison() {
        if (ours.failed()) {
            return "failed";
        }
        return peer.failed() ? "peer failed" : Units.times(factor());
    }

    /** Describes both times and their conditions. */
    String times() {
        return "%s, %s %s, at %s".formatted(Units.time(ours.time()), peer.tool(), Units.time(peer.time()), place());
    }

    String place() {
        return ours.size() + " in " + ours.calibration();
    }
}
