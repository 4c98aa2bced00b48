# shellcheck shell=bash
# ./stacks remove and remove-region

# ask REGION,...: exits with the guard's reason if it refuses
ask() {
  local answer
  answer=$(sam remote invoke GuardRegionsFunction --stack-name "$installation" --region "$stack_region" \
    --event "{\"RequestType\":\"Delete\",\"ResourceProperties\":{\"Regions\":[\"${1//,/\",\"}\"]}}")
  case $answer in
    *'"Status":"SUCCESS"'*) ;;
    *)
      say "$answer"
      exit 1
      ;;
  esac
}

# is_left REGION: succeeds if some of it still exists; delete_rest deletes the bucket last
is_left() {
  local bucket
  bucket=$(bucket_of "$1") || exit
  aws s3api head-bucket --region "$1" --bucket "$bucket" >/dev/null 2>&1 ||
    aws cloudformation describe-stacks --region "$1" --stack-name "$installation-region" >/dev/null 2>&1
}

# delete_rest REGION: deletes the resources that region.yaml retains, once there is no image: unimported uploads, the key, the alias, the bucket.
# It can be repeated after a failure: the key is deleted before the alias that leads to it, and the bucket last.
delete_rest() {
  local region=$1 bucket key
  bucket=$(bucket_of "$region")
  delete_stack "$region" "$installation-region"
  if_there aws s3 rm --region "$region" --recursive --quiet "s3://$bucket"
  key=$(if_there aws kms describe-key --region "$region" --key-id "alias/$installation" --query KeyMetadata.KeyId --output text)
  if [ -n "$key" ]; then
    if_there aws kms schedule-key-deletion --region "$region" --key-id "$key" --pending-window-in-days 30 >/dev/null
    if_there aws kms delete-alias --region "$region" --alias-name "alias/$installation"
  fi
  if_there aws s3api delete-bucket --region "$region" --bucket "$bucket"
  say "nothing of $region is left; its key can be restored for 30 days"
}

# Prints the regions that still have a bucket, for when the guard is deleted. Refused if there is no table of ours, or a bucket
# has bytes of an image.
regions_left() {
  set -e
  local prefix bucket key region theirs regions=()
  aws dynamodb describe-table --region "$stack_region" --table-name "$table" >/dev/null
  prefix=$(bucket_prefix)
  for bucket in $(buckets "$prefix"); do
    region=${bucket#"$prefix"}
    region=${region%-an}
    theirs=$(home_of "$region")
    [ -z "$theirs" ] || [ "$theirs" = "$stack_region" ] || continue
    key=$(aws s3api list-objects-v2 --region "$region" --bucket "$bucket" --prefix snapshots/ --max-items 1 \
      --output text --query 'Contents[0].Key')
    [ "$key" = None ] || { say "$bucket has bytes of an image, $key; check and delete them" && exit 1; }
    regions+=("$region")
  done
  local IFS=,
  echo "${regions[*]}"
}

# remove_region REGION
remove_region() {
  local regions rest is_enabled=
  [ $# -eq 1 ] || usage
  require_home "$stack_region" "$1"
  regions=$(parameter Regions)
  case ,$regions, in
    ",$1,"*) say "$1 is the home region; to remove everything, use ./stacks remove" && exit 1 ;;
    *",$1,"*) is_enabled=1 ;;
    *) is_left "$1" || { say "$1 is not one of $regions, and nothing of it is left" && exit 1; } ;;
  esac
  ask "$1"
  if [ -n "$is_enabled" ]; then
    rest=,$regions,
    rest=${rest/,$1,/,}
    rest=${rest#,}
    # The guard is asked again by CloudFormation: an image may have come since.
    update_home "Regions=${rest%,}"
  fi
  delete_rest "$1"
}

# restored_tables: prints the tables that ./stacks restore made
restored_tables() {
  local tables
  tables=$(aws dynamodb list-tables --region "$stack_region" --output text \
    --query "TableNames[?starts_with(@, '$installation-restored-')]") || return
  # No installation has capitals in its name, so these are not the tables of another one.
  tr -s '[:space:]' '\n' <<<"$tables" | grep -E "^$installation-restored-[0-9-]+T[0-9]+Z$" || true
}

# delete_undelivered: CloudFormation deletes only an empty bucket. A stack of an earlier release has none.
delete_undelivered() {
  local bucket
  bucket=$(if_there undelivered_bucket)
  [ -z "$bucket" ] || if_there aws s3 rm --region "$stack_region" --recursive --quiet "s3://$bucket"
}

remove_everything() {
  local regions region tables kept
  [ $# -eq 0 ] || usage
  if regions=$(parameter Regions 2>&1); then
    # shellcheck disable=SC2086 # one word for each region
    require_home "$stack_region" ${regions//,/ }
    ask "$regions"
    delete_undelivered
    delete_stack "$stack_region" "$installation"
  else
    # Any other failure, such as a throttled call, does not show that the stack is deleted: ask its guard.
    [[ $regions == *"does not exist"* ]] || { say "$regions" && exit 1; }
    say "the home stack is deleted; removing the rest of an earlier ./stacks remove"
    regions=$(regions_left)
  fi
  for region in ${regions//,/ }; do
    delete_rest "$region"
  done
  tables=$(restored_tables)
  # The stack's own table is the last one: a repeated command looks for it.
  for kept in $tables "$table"; do
    protect_table "$stack_region" "$kept" no-
    if_there aws dynamodb delete-table --region "$stack_region" --table-name "$kept" >/dev/null
  done
  say "everything is removed but a role for API Gateway's logs, which other APIs of the account may use, and SAM's bucket"
}
