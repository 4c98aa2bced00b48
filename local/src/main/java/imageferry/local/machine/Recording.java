package imageferry.local.machine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a journal tells of its execution: how it started, where it is, whether it ended. */
record Recording(Line.Started started, Optional<Position> position, Optional<Line.Ended> ended) {

    /** Nothing if the start itself was torn: nobody was told of such an execution. */
    static Optional<Recording> of(List<Line> lines) {
        if (lines.isEmpty() || !(lines.getFirst() instanceof Line.Started started)) {
            return Optional.empty();
        }
        var recording = new Recording(started, Optional.empty(), Optional.empty());
        for (Line line : lines.subList(1, lines.size())) {
            recording = recording.after(line);
        }
        return Optional.of(recording);
    }

    private Recording after(Line line) {
        return switch (line) {
            case Line.Started again -> this;
            case Line.Entered entered ->
                at(new Position(
                        entered.state(),
                        entered.input(),
                        entered.variables(),
                        Instant.parse(entered.at()),
                        Optional.empty()));
            case Line.Parked parked -> {
                var deadline = Optional.ofNullable(parked.deadline()).map(Instant::parse);
                var parking = new Position.Parking(parked.token(), deadline, false, Optional.empty());
                yield position.map(here -> at(here.parked(parking))).orElse(this);
            }
            case Line.Invoked invoked -> parking(invoked.token(), Position.Parking::afterInvocation);
            case Line.Answered answered ->
                parking(answered.token(), parking -> parking.decided(new Verdict.Success(answered.output())));
            case Line.Refused refused ->
                parking(
                        refused.token(),
                        parking -> parking.decided(new Verdict.Failure(
                                Optional.ofNullable(refused.error()), Optional.ofNullable(refused.cause()))));
            case Line.Ended end -> new Recording(started, position, Optional.of(end));
        };
    }

    private Recording at(Position here) {
        return new Recording(started, Optional.of(here), ended);
    }

    /** A line about a token that is no longer waited for changes nothing. */
    private Recording parking(String token, UnaryOperator<Position.Parking> change) {
        return position.filter(here -> here.parking()
                        .filter(parking -> parking.token().equals(token))
                        .isPresent())
                .map(here -> at(here.parked(change.apply(here.parking().orElseThrow()))))
                .orElse(this);
    }
}
