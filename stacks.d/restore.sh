# shellcheck shell=bash
# ./stacks restore

# restore TIME | restore --confirm [COUNT]
restore() {
  case $#${1-} in
    1--confirm) manage restore "$stack_region" ;;
    2--confirm) manage restore "$stack_region" --confirm "$2" ;;
    1????-??-??T??:??:??Z) restore_to "$1" ;;
    *) usage ;;
  esac
}

# restore_to TIME: can be repeated after a failure; then it goes on with the table that it has restored.
restore_to() {
  local source target stream
  source=$(parameter RestoredTable)
  [ -n "$source" ] && [ "$source" != None ] || source=$table
  # A table's name has no colon.
  target=$installation-restored-${1//:/}
  [ "$source" != "$target" ] || { say "$target is already in use" && return 1; }
  say "stopping the deletions of the sweeper"
  update_home SweepDeletes=false
  if ! aws dynamodb describe-table --region "$stack_region" --table-name "$target" >/dev/null 2>&1; then
    say "restoring $source as of $1 into $target; this may take an hour"
    aws dynamodb restore-table-to-point-in-time --region "$stack_region" --source-table-name "$source" --target-table-name "$target" \
      --restore-date-time "$1" >/dev/null || {
      say "nothing is restored; the sweeper's deletions are off until ./stacks deploy SweepDeletes=true"
      return 1
    }
  else
    say "$target exists; continuing with it. If it was in use before, delete it first"
  fi
  wait_for_table "$target"
  prepare_table "$target"
  stream=$(aws dynamodb describe-table --region "$stack_region" --table-name "$target" --output text --query Table.LatestStreamLabel)
  say "using $target"
  update_home SweepDeletes=false "RestoredTable=$target" "RestoredStream=$stream"
  # Both tables own the buckets. Whoever goes back to the old one must confirm that, too.
  mark_as_restored "$source"
  say "the installation uses $target. Nothing that it recorded before is deleted until you run ./stacks restore --confirm;" \
    "then switch the sweeper's deletions on with ./stacks deploy SweepDeletes=true. $source still exists."
}

# wait_for_table TABLE: one wait lasts eight minutes, and the bound is four hours.
wait_for_table() {
  local round
  for round in {1..30}; do
    ! aws dynamodb wait table-exists --region "$stack_region" --table-name "$1" 2>/dev/null || return 0
    say "$1 is not there yet after $((round * 8)) minutes"
  done
  return 1
}

# prepare_table TABLE: switches on what a restored table lacks, and marks it as restored.
prepare_table() {
  local region=$stack_region answer
  answer=$(aws dynamodb describe-table --region "$region" --table-name "$1" --output text --query Table.LatestStreamLabel)
  if [ "$answer" = None ]; then
    aws dynamodb update-table --region "$region" --table-name "$1" \
      --stream-specification StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES >/dev/null
    wait_for_table "$1"
  fi
  answer=$(aws dynamodb describe-time-to-live --region "$region" --table-name "$1" --output text --query TimeToLiveDescription.TimeToLiveStatus)
  [[ $answer == ENABL* ]] ||
    aws dynamodb update-time-to-live --region "$region" --table-name "$1" \
      --time-to-live-specification Enabled=true,AttributeName=expiresAt >/dev/null
  aws dynamodb update-continuous-backups --region "$region" --table-name "$1" \
    --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true >/dev/null
  answer=$(aws dynamodb describe-table --region "$region" --table-name "$1" --output text --query Table.TableArn)
  aws dynamodb tag-resource --region "$region" --resource-arn "$answer" --tags "Key=application,Value=$installation"
  protect_table "$region" "$1"
  mark_as_restored "$1"
}

# mark_as_restored TABLE: a table without an id owns no bucket, so nothing can be deleted with it.
mark_as_restored() {
  local now error
  now=$(date -u +%Y-%m-%dT%H:%M:%S.000000000Z)
  error=$(aws dynamodb update-item --region "$stack_region" --table-name "$1" --key '{"pk":{"S":"LEDGER"},"sk":{"S":"LEDGER"}}' \
    --update-expression 'SET restoredAt = :now' --condition-expression 'attribute_exists(pk)' \
    --expression-attribute-values "{\":now\":{\"S\":\"$now\"}}" 2>&1) ||
    [[ $error == *ConditionalCheckFailed* ]] || { say "$error" && return 1; }
}
