# shellcheck shell=bash
# ./stacks replay

# undelivered_bucket: prints the name of the bucket UndeliveredEvents
undelivered_bucket() {
  aws cloudformation describe-stack-resource --region "$stack_region" --stack-name "$installation" \
    --logical-resource-id UndeliveredEvents --output text --query StackResourceDetail.PhysicalResourceId
}

# replay: passes each undelivered event to its function again, the oldest first, and deletes those that succeed. It can be
# repeated after a failure, and twice at once: each function expects an event to arrive more than once.
replay() {
  local bucket keys key folder done=0 failed=0
  [ $# -eq 0 ] || usage
  bucket=$(undelivered_bucket)
  keys=$(aws s3api list-objects-v2 --region "$stack_region" --bucket "$bucket" --output text \
    --query 'sort_by(Contents || `[]`, &LastModified)[].Key')
  folder=$(mktemp -d)
  # shellcheck disable=SC2064 # the folder of now
  trap "rm -rf '$folder'" EXIT
  for key in $keys; do
    [ "$key" != None ] || continue
    if replay_event "$bucket" "$key" "$folder"; then
      done=$((done + 1))
    else
      failed=$((failed + 1))
    fi
  done
  forget_deleted "$bucket"
  say "events replayed: $done, failed again and kept: $failed"
  [ "$failed" -eq 0 ]
}

# replay_event BUCKET KEY FOLDER: the function reads its event from the record that Lambda stored.
replay_event() {
  local function error
  aws s3 cp --region "$stack_region" --quiet "s3://$1/$2" "$3/event" || return
  function=$(grep -o '"functionArn" *: *"[^"]*"' "$3/event" | head -n 1 | cut -d '"' -f 4)
  function=${function%:\$LATEST}
  if [[ ${function##*:} != "$installation"-*Function-* ]]; then
    say "$2 is no event of a function of $installation"
    return 1
  fi
  error=$(aws lambda invoke --region "$stack_region" --function-name "$function" --payload "fileb://$3/event" \
    --output text --query FunctionError "$3/answer") || return
  # A reader of the stream reports the records that failed.
  if [ "$error" != None ] || grep -q itemIdentifier "$3/answer"; then
    say "$2 failed again: $(cat "$3/answer")"
    return 1
  fi
  aws s3 rm --region "$stack_region" --quiet "s3://$1/$2"
}

# forget_deleted BUCKET: deletes the messages of events that the bucket no longer has, which ends the alarm. A message that is kept
# is hidden for five minutes, so none is read twice.
forget_deleted() {
  local queue message handle key round
  queue=$(aws cloudformation describe-stack-resource --region "$stack_region" --stack-name "$installation" \
    --logical-resource-id UndeliveredChanges --output text --query StackResourceDetail.PhysicalResourceId)
  for round in {1..10000}; do
    message=$(aws sqs receive-message --region "$stack_region" --queue-url "$queue" --visibility-timeout 300 --wait-time-seconds 2 \
      --output text --query 'Messages[0].[ReceiptHandle,Body]')
    read -r handle key <<<"$message"
    [ -n "$handle" ] && [ "$handle" != None ] || return 0
    key=$(tr -d '"' <<<"$key")
    aws s3api head-object --region "$stack_region" --bucket "$1" --key "$key" >/dev/null 2>&1 ||
      aws sqs delete-message --region "$stack_region" --queue-url "$queue" --receipt-handle "$handle"
  done
  say "$round messages were read; run it again"
}
