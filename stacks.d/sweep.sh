# shellcheck shell=bash
# ./stacks sweep

# sweep: lets the sweeper look at every object of every bucket now, and prints its report. It fails if the sweeper reports failures.
sweep() {
  local answer
  [ $# -eq 0 ] || usage
  answer=$(sam remote invoke SweepFunction --stack-name "$installation" --region "$stack_region" --event '{"everything":true}')
  echo "$answer"
  [[ $answer == *'"failures":[]'* ]]
}
