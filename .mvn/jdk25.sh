# Sourced by ./mvnw and ./imageferry (POSIX sh): exports JAVA_HOME of a JDK 25 or newer, or says what to install and exits 1.
# Maven itself has to run on it, because the formatter parses with the compiler that it runs on.
# IMAGEFERRY_JVM_FOLDERS (colon-separated) replaces the usual folders that are searched last.

# Java reads the names of files in the locale's character set, and cannot open those that are not in it.
if [ "$(locale charmap 2>/dev/null)" != UTF-8 ]; then
  { LC_ALL=C.UTF-8 && export LC_ALL; } 2>/dev/null
fi

# A service or a container may have no HOME; the account has one nevertheless.
if [ -z "${HOME-}" ]; then
  user=$(id -un 2>/dev/null) || user=
  case $user in
    '' | *[!A-Za-z0-9._-]*) ;;
    *) HOME=$(eval "echo ~$user") ;;
  esac
  case ${HOME-} in /*) export HOME ;; *) HOME= ;; esac
fi

# The release file answers without starting a JVM; each JDK since 9 carries one.
is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  jdk_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${jdk_version:-0}" -ge 25 ]
}

# A version manager's java is often a script, not a link into its JDK: then only that java knows its home.
home_of_java_on_path() {
  java_on_path=$(command -v java) || return 0
  java_on_path=$(readlink -f "$java_on_path" 2>/dev/null) || java_on_path=
  if [ -r "${java_on_path%/bin/java}/release" ]; then
    printf '%s\n' "${java_on_path%/bin/java}"
  else
    java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
}

find_jdk25() {
  is_jdk25 "${JAVA_HOME:-/nowhere}" && return
  JAVA_HOME=$(home_of_java_on_path)
  is_jdk25 "${JAVA_HOME:-/nowhere}" && return
  folders=${IMAGEFERRY_JVM_FOLDERS-/usr/lib/jvm:/opt:$HOME/.sdkman/candidates/java:$HOME/.jdks:/Library/Java/JavaVirtualMachines:$HOME/Library/Java/JavaVirtualMachines}
  while [ -n "$folders" ]; do
    folder=${folders%%:*}
    case $folders in *:*) folders=${folders#*:} ;; *) folders= ;; esac
    for JAVA_HOME in "$folder"/* "$folder"/*/Contents/Home; do
      is_jdk25 "$JAVA_HOME" && return
    done
  done
  return 1
}

if find_jdk25; then
  export JAVA_HOME
else
  echo "Imageferry needs a JDK 25 or newer: install one (for example Eclipse Temurin 25, or your system's openjdk-25-jdk) or set JAVA_HOME to it." >&2
  exit 1
fi
