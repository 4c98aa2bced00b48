package imageferry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** All pages are linked, and the README is short. */
class PagesTest {
    private static final Path HOME = Path.of(System.getProperty("imageferry.home", ".."))
            .toAbsolutePath()
            .normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void the_readme_is_read_in_three_minutes() {
        assertThat(Shipped.text("README.md").lines()).hasSizeLessThanOrEqualTo(120);
    }

    @Test
    void every_link_inside_the_project_leads_somewhere() throws IOException {
        var broken = new ArrayList<String>();
        for (var page : pages()) {
            for (var link : links(page)) {
                if (!resolves(page, link)) {
                    broken.add(HOME.relativize(page) + ": " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void every_page_can_be_reached_from_the_readme() throws IOException {
        var reached = new TreeSet<Path>();
        var open = new ArrayList<>(List.of(HOME.resolve("README.md")));
        while (!open.isEmpty()) {
            var page = open.removeLast();
            if (reached.add(page)) {
                for (var link : links(page)) {
                    var target = target(page, link);
                    if (Files.isDirectory(target)) {
                        open.addAll(markdown(target));
                    } else if (target.toString().endsWith(".md")) {
                        open.add(target);
                    }
                }
            }
        }

        assertThat(reached).containsAll(markdown(HOME)).containsAll(markdown(HOME.resolve("docs")));
    }

    private static boolean resolves(Path page, String link) throws IOException {
        var target = target(page, link);
        return Files.exists(target)
                && (!link.contains("#") || anchors(target).contains(link.substring(link.indexOf('#') + 1)));
    }

    private static Path target(Path page, String link) {
        var path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? page : page.resolveSibling(path).normalize();
    }

    /** Only relative links. */
    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll("code"))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    /** GitHub's anchors of headings: lower-case letters, digits, hyphens and underscores. */
    private static Set<String> anchors(Path page) throws IOException {
        var anchors = new HashSet<String>();
        for (var heading : HEADING.matcher(Files.readString(page)).results().toList()) {
            var words = heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "");
            anchors.add(words.replace(' ', '-'));
        }
        return anchors;
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<>(markdown(HOME));
        for (var folder : List.of("docs", ".github")) {
            try (var files = Files.walk(HOME.resolve(folder))) {
                files.filter(PagesTest::isPage).forEach(pages::add);
            }
        }
        return pages;
    }

    private static Set<Path> markdown(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(PagesTest::isPage).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }
}
