package imageferry.bench.report;

/** Copies of the same object under the same conditions: ours and a peer's. */
record Pair(Row ours, Row peer) {
    /** Returns our speed as a multiple of the peer's; 0 when our copy failed, even if the peer's failed too. */
    double factor() {
        return ours.failed() ? 0 : peer.time() / ours.time();
    }

    boolean isSlower() {
        return peer.time() < ours.time();
    }

    boolean isOfTheSameWidth() {
        return peer.isTuned() && peer.width() == ours.width();
    }

    /** Returns our delay in seconds; only for copies that did not fail. */
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
