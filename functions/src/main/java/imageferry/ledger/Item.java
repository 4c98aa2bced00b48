package imageferry.ledger;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One item's attributes. A value is a {@link String}, {@link Long}, {@link Boolean}, {@code Set<String>} (never empty),
 * {@code Map<String, Object>} or {@code List<Object>} of these types, and never null.
 */
public record Item(Map<String, Object> attributes) {
    public Item {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** An item with nothing in it, to build on with {@link #with}. */
    public static Item empty() {
        return new Item(Map.of());
    }

    /** This item and one more attribute; a null, an empty set and an empty optional leave the attribute absent. */
    public Item with(String name, @Nullable Object value) {
        var plain = plain(value);
        if (plain == null) {
            return this;
        }
        var more = new LinkedHashMap<>(attributes);
        more.put(name, plain);
        return new Item(more);
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Optional<?> optional -> plain(optional.orElse(null));
            case Set<?> set -> set.isEmpty() ? null : Set.copyOf(set);
            case Integer number -> number.longValue();
            case Long number -> number;
            case Boolean flag -> flag;
            case String text -> text;
            case Map<?, ?> map -> map;
            case List<?> list -> list;
            case Instant instant -> Moments.sortable(instant);
            default -> value.toString();
        };
    }

    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    /** @throws IllegalStateException when the attribute is absent or of another type: the record is damaged */
    public String text(String name) {
        return require(name, String.class);
    }

    public Optional<String> maybeText(String name) {
        return maybe(name, String.class);
    }

    /** @throws IllegalStateException when the attribute is absent or of another type: the record is damaged */
    public long number(String name) {
        return require(name, Long.class);
    }

    public Optional<Long> maybeNumber(String name) {
        return maybe(name, Long.class);
    }

    public boolean flag(String name) {
        return maybe(name, Boolean.class).orElse(false);
    }

    /** @throws IllegalStateException when the attribute is absent or no ISO-8601 instant */
    public Instant instant(String name) {
        return Instant.parse(text(name));
    }

    public Optional<Instant> maybeInstant(String name) {
        return maybeText(name).map(Instant::parse);
    }

    /** The members of a set attribute; an absent one has none. */
    @SuppressWarnings("unchecked")
    public Set<String> texts(String name) {
        return maybe(name, Set.class).orElse(Set.of());
    }

    /** The entries of a map attribute; an absent one has none. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> map(String name) {
        return maybe(name, Map.class).orElse(Map.of());
    }

    /** The texts of a list attribute; an absent one has none. */
    @SuppressWarnings("unchecked")
    public List<String> list(String name) {
        return maybe(name, List.class).orElse(List.of());
    }

    /** A map attribute seen as an item of its own. */
    public Optional<Item> nested(String name) {
        return has(name) ? Optional.of(new Item(map(name))) : Optional.empty();
    }

    private <T> T require(String name, Class<T> type) {
        return maybe(name, type)
                .orElseThrow(() -> new IllegalStateException("The record lacks " + name + ": " + attributes.keySet()));
    }

    private <T> Optional<T> maybe(String name, Class<T> type) {
        var value = attributes.get(name);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalStateException("The record's " + name + " is a "
                    + value.getClass().getSimpleName() + ", not a " + type.getSimpleName());
        }
        return Optional.ofNullable(type.cast(value));
    }
}
