/**
 * The only package that imports the AWS SDK: the ledger on DynamoDB, snapshots on S3, executions on Step Functions, changes on EventBridge.
 */
@NullMarked
package imageferry.aws;

import org.jspecify.annotations.NullMarked;
