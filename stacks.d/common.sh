# shellcheck shell=bash
# Parts that more than one command needs.

# parameter NAME: of the deployed home stack, whose region AWS_REGION or samconfig.toml names
parameter() {
  aws cloudformation describe-stacks --region "$stack_region" --stack-name "$installation" --output text \
    --query "Stacks[0].Parameters[?ParameterKey=='$1'].ParameterValue"
}

# status REGION STACK: prints its status, or nothing if there is no such stack
status() {
  local answer
  if answer=$(aws cloudformation describe-stacks --region "$1" --stack-name "$2" --output text --query 'Stacks[0].StackStatus' 2>&1); then
    echo "$answer"
  elif [[ $answer != *"does not exist"* ]]; then
    say "$answer"
    return 1
  fi
}

# if_there COMMAND...: runs it; a resource that is deleted or being deleted is not a failure
if_there() {
  local errors status=0
  { errors=$("$@" 2>&1 >&3) || status=$?; } 3>&1
  case $errors in
    *NoSuchBucket* | *NotFoundException* | *KMSInvalidStateException* | *"does not exist"*) return 0 ;;
  esac
  [ -z "$errors" ] || echo "$errors" >&2
  return "$status"
}

# delete_stack REGION STACK
delete_stack() {
  if_there aws cloudformation update-termination-protection --region "$1" --stack-name "$2" --no-enable-termination-protection >/dev/null &&
    aws cloudformation delete-stack --region "$1" --stack-name "$2" &&
    aws cloudformation wait stack-delete-complete --region "$1" --stack-name "$2"
}

# home_of REGION: prints the home region of the installation that has a stack there, or nothing if there is none. A home stack whose
# region stack could not be created yet has no parameter.
home_of() {
  local answer
  if answer=$(aws ssm get-parameter --region "$1" --name "/$installation/home" --output text --query Parameter.Value 2>&1); then
    echo "$answer"
    return
  elif [[ $answer != *ParameterNotFound* ]]; then
    say "$answer"
    return 1
  fi
  answer=$(status "$1" "$installation") || return
  case $answer in
    "" | ROLLBACK_COMPLETE) ;;
    *) echo "$1" ;;
  esac
}

# require_home HOME REGION...: refused if one of the regions belongs to an installation with another home
require_home() {
  local region theirs
  for region in "${@:2}"; do
    theirs=$(home_of "$region") || return
    if [ -n "$theirs" ] && [ "$theirs" != "$1" ]; then
      say "$region belongs to the installation whose home region is $theirs, not $1"
      return 1
    fi
  done
}

# quote NAME=VALUE...: fills the array parameters in the form that SAM needs: without quotes, it refuses an empty value and divides
# one with spaces.
quote() {
  local given
  parameters=()
  for given; do
    case ${given#*=} in
      \"*) ;;
      "" | *" "*) given="${given%%=*}=\"${given#*=}\"" ;;
    esac
    parameters+=("$given")
  done
}

# bucket_prefix: prints the beginning of the names of all buckets; a region follows, and perhaps -an
bucket_prefix() {
  local account
  account=$(aws sts get-caller-identity --region "$stack_region" --query Account --output text) || return
  echo "$installation-$account-"
}

# buckets PREFIX: prints the account's buckets that begin so
buckets() {
  aws s3api list-buckets --region "$stack_region" --output text --query "Buckets[?starts_with(Name, '$1')].Name"
}

# find_bucket NAME: prints it if there is such a bucket, NAME-an if there is that one, or nothing
find_bucket() {
  local all
  all=$(buckets "$1") || return
  case " ${all//[[:space:]]/ } " in
    *" $1-an "*) echo "$1-an" ;;
    *" $1 "*) echo "$1" ;;
  esac
}

# bucket_of REGION: prints the name of its bucket; an absent one has the name without -an
bucket_of() {
  local prefix found
  prefix=$(bucket_prefix) || return
  found=$(find_bucket "$prefix$1") || return
  echo "${found:-$prefix$1}"
}

# protect_table REGION TABLE [no-]: switches the table's protection from deletion on or off, unless it is so already.
protect_table() {
  local wanted=True now
  [ $# -eq 2 ] || wanted=False
  now=$(if_there aws dynamodb describe-table --region "$1" --table-name "$2" --output text --query Table.DeletionProtectionEnabled)
  [ -n "$now" ] && [ "$now" != "$wanted" ] || return 0
  aws dynamodb update-table --region "$1" --table-name "$2" "--${3-}deletion-protection-enabled" >/dev/null
  aws dynamodb wait table-exists --region "$1" --table-name "$2"
}

# update_home NAME=VALUE...: changes these parameters of the home stack, and no other
update_home() {
  local parameters
  quote "$@"
  sam deploy --region "$stack_region" ${named[@]+"${named[@]}"} --no-confirm-changeset --no-fail-on-empty-changeset \
    --parameter-overrides "${parameters[@]}"
}
