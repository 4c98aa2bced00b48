# shellcheck shell=bash
# ./stacks orphans and adopt

# manage OPERATION REGION [--confirm COUNT]: succeeds if nothing was to be confirmed, or it was done
manage() {
  local count=null answer message
  case $#${3-} in
    2) ;;
    4--confirm) [[ $4 =~ ^[0-9]+$ ]] || usage && count=$4 ;;
    *) usage ;;
  esac
  answer=$(sam remote invoke ManageBucketFunction --stack-name "$installation" --region "$stack_region" \
    --event "{\"operation\":\"$1\",\"region\":\"$2\",\"count\":$count}")
  grep -o '"snapshots/[^"]*"' <<<"$answer" | tr -d '"' || true
  message=$(sed -n 's/.*"message":"\([^"]*\)".*/\1/p' <<<"$answer")
  say "${message:-$answer}"
  [ -n "$message" ] && { [ "$count" = null ] || [[ $answer == *'"done":true'* ]]; }
}
