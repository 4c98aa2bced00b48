# shellcheck shell=bash
# ./stacks deploy

# existing REGION STACK: prints the status of a stack that can be updated. One whose creation failed can only be deleted; the
# rollback has left nothing in it.
existing() {
  local state
  state=$(status "$1" "$2") || return
  if [ "$state" = ROLLBACK_COMPLETE ]; then
    say "an earlier deployment of $2 in $1 failed and left nothing; deleting that stack"
    delete_stack "$1" "$2" >&2 || return
  else
    echo "$state"
  fi
}

# protect_stack REGION STACK
protect_stack() {
  aws cloudformation update-termination-protection --region "$1" --stack-name "$2" --enable-termination-protection >/dev/null
}

# log_role REGION: prints the role that API Gateway writes logs with in this account and region, or None if there is none, or
# only the name of a deleted one
log_role() {
  local role found
  role=$(aws apigateway get-account --region "$1" --output text --query cloudwatchRoleArn) || return
  if [ "$role" != None ] && ! found=$(aws iam get-role --region "$1" --role-name "${role##*/}" 2>&1 >/dev/null); then
    [[ $found == *NoSuchEntity* ]] || { say "$found" && return 1; }
    role=None
  fi
  echo "$role"
}

# access_log REGION WANTED: prints the value of ApiAccessLog for a new home stack; WANTED may be empty. Refused if API Gateway
# could not write the log, or if other APIs would get another role.
access_log() {
  local role
  role=$(log_role "$1") || return
  case $2,$role in
    managed,arn:*)
      say "API Gateway already writes logs in $1 with $role, for all APIs of this account: use ApiAccessLog=account"
      return 1
      ;;
    account,None)
      say "this account has no role for API Gateway's logs in $1: use ApiAccessLog=managed to create one, or none"
      return 1
      ;;
    ,None)
      say "calls of the API are not logged: this account has no role for API Gateway's logs in $1 (ApiAccessLog=managed creates one)"
      echo none
      ;;
    ,*) echo account ;;
    *) echo "$2" ;;
  esac
}

# room_for_control REGION NAME=VALUE...: prints the parameters that keep a part of Lambda's concurrency free of copy workers. A
# parameter that the caller names is not printed. 100 of an account's concurrency must always stay unreserved.
room_for_control() {
  local region=$1 limits limit unreserved own most
  shift
  limits=$(aws lambda get-account-settings --region "$region" --output text \
    --query 'AccountLimit.[ConcurrentExecutions,UnreservedConcurrentExecutions]') || return
  read -r limit unreserved <<<"$limits"
  case " $*" in *" ConcurrencyAlarmAt="*) ;; *) echo -n "ConcurrencyAlarmAt=$((limit * 8 / 10)) " ;; esac
  case " $*" in *" CopyConcurrency="*) return ;; esac
  # What an earlier deployment reserved is free for this one.
  own=$(stack_region=$region parameter CopyConcurrency 2>/dev/null) || own=0
  [[ $own =~ ^[0-9]+$ ]] || own=0
  most=$((unreserved + own - 100))
  [ "$most" -le $((limit / 2)) ] || most=$((limit / 2))
  if [ "$limit" -ge 200 ] && [ "$most" -gt 0 ]; then
    echo "CopyConcurrency=$most"
    return
  fi
  say "Lambda may run $limit functions at once in $region, $unreserved of them unreserved: copies can take all of them, and then" \
    "cancels, approvals and the sweeper have to wait. Request a quota of 1,000, and then deploy with CopyWorkers=40."
  echo -n "CopyConcurrency=0"
  case " $*" in *" CopyWorkers="*) ;; *) echo -n " CopyWorkers=5" ;; esac
}

# deployed_regions: prints the regions of the installation that has a stack in AWS_REGION, or in the region of samconfig.toml
deployed_regions() {
  local home
  home=$(home_of "$stack_region") || return
  if [ -z "$home" ]; then
    say "no installation has a stack in $stack_region. At the first deployment, name the regions, the home region first:" \
      "./stacks deploy Regions=us-east-1,eu-west-1"
    return 1
  fi
  stack_region=$home parameter Regions
}

# namespace_of REGION [WANTED]: prints the namespace of S3 that the region's bucket has, or gets at its first deployment. The stack
# keeps it as a parameter: another one would replace the bucket. A bucket may also be left from a stack that was deleted.
namespace_of() {
  local prefix found state
  state=$(status "$1" "$installation-region") || return
  case $state in
    "" | ROLLBACK_COMPLETE | REVIEW_IN_PROGRESS) ;;
    *)
      found=$(aws cloudformation describe-stacks --region "$1" --stack-name "$installation-region" --output text \
        --query "Stacks[0].Parameters[?ParameterKey=='BucketNamespace'].ParameterValue") || return
      echo "${found:-global}"
      return
      ;;
  esac
  prefix=$(bucket_prefix) || return
  found=$(find_bucket "$prefix$1") || return
  case $found,$1 in
    *-an,*) echo account-regional ;;
    # Two regions have no such namespace: Bahrain and the United Arab Emirates.
    ?*,* | ,me-south-1 | ,me-central-1) echo global ;;
    *) echo "${2:-account-regional}" ;;
  esac
}

deploy() {
  local regions="" accounts organization log="" chosen home region override room state parameters namespace="" account_regional="" named_ones=()
  for override; do
    case $override in
      Regions=*) regions=${override#*=} ;;
      ApiAccessLog=*) log=${override#*=} ;;
      # A parameter of region.yaml only.
      BucketNamespace=global | BucketNamespace=account-regional) namespace=${override#*=} && continue ;;
      BucketNamespace=*) say "$override: use global or account-regional" && return 1 ;;
      Installation=*)
        say "set IMAGEFERRY_INSTALLATION=${override#*=} for the whole command: stacks have the name, too, and keep it"
        return 1
        ;;
    esac
    named_ones+=("$override")
  done
  set -- ${named_ones[@]+"${named_ones[@]}"}
  [ -n "$regions" ] || regions=$(deployed_regions)
  home=${regions%%,*}
  # shellcheck disable=SC2086 # one word for each region
  require_home "$home" ${regions//,/ }
  state=$(existing "$home" "$installation")
  if [ -z "$state" ]; then
    chosen=$(access_log "$home" "$log")
    [ -n "$log" ] || set -- "$@" "ApiAccessLog=$chosen"
  elif [ -n "$log" ] && [ "$log" != "$(stack_region=$home parameter ApiAccessLog)" ]; then
    access_log "$home" "$log" >/dev/null
  fi
  for region in ${regions//,/ }; do
    chosen=$(namespace_of "$region" "$namespace")
    [ "$chosen" = global ] || account_regional+=,$region
  done
  room=$(room_for_control "$home" "$@")
  # shellcheck disable=SC2086 # words of their own
  set -- "$@" "AccountRegionalBuckets=${account_regional#,}" $room
  quote ${own[@]+"${own[@]}"} "$@"
  sam deploy --region "$home" ${named[@]+"${named[@]}"} --no-confirm-changeset --no-fail-on-empty-changeset ${parameters+--parameter-overrides "${parameters[@]}"}
  protect_table "$home" "$table"
  protect_stack "$home" "$installation"
  # What the home stack has now, whether it was named or kept.
  accounts=$(stack_region=$home parameter AllowedAccounts)
  organization=$(stack_region=$home parameter AllowedOrganization)
  quote ${own[@]+"${own[@]}"} "HomeRegion=$home" "AllowedAccounts=$accounts" "AllowedOrganization=$organization"
  for region in ${regions//,/ }; do
    existing "$region" "$installation-region" >/dev/null
    case $account_regional, in
      *",$region,"*) namespace=account-regional ;;
      *) namespace=global ;;
    esac
    sam deploy --config-env region --region "$region" ${named_region[@]+"${named_region[@]}"} --no-confirm-changeset --no-fail-on-empty-changeset \
      --parameter-overrides "${parameters[@]}" "BucketNamespace=$namespace"
    protect_stack "$region" "$installation-region"
  done
}
