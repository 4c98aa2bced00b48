package imageferry.local.cloud;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/** A stack of one function that records its calls, compiled and zipped as in a project. */
final class SmallStack {
    private static final String APP = """
            package imageferry.function;
            public final class App {
                public static final ScopedValue<java.util.Map<String, String>> ENVIRONMENT = ScopedValue.newInstance();
            }
            """;
    private static final String FUNCTION = """
            package imageferry.function;
            import com.amazonaws.services.lambda.runtime.*;
            import java.nio.file.*;
            public final class NoteFunction implements RequestStreamHandler {
                private final Path notes = Path.of(App.ENVIRONMENT.get().get("NOTES"));
                public void handleRequest(java.io.InputStream event, java.io.OutputStream answer, Context context) throws java.io.IOException {
                    var line = new String(event.readAllBytes(), "UTF-8") + "\\n";
                    Files.writeString(notes, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                    answer.write("{\\"statusCode\\": 200, \\"body\\": \\"noted\\"}".getBytes("UTF-8"));
                }
            }
            """;
    private static final String TEMPLATE = """
            Parameters:
              Installation: {Type: String, Default: imageferry}
              Regions: {Type: CommaDelimitedList, Default: "us-east-1,eu-west-1"}
              Notes: {Type: String, Default: ""}
            Resources:
              Bus: {Type: AWS::Events::EventBus, Properties: {Name: ferry}}
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: Things
                  BillingMode: PAY_PER_REQUEST
                  AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
                  KeySchema: [{AttributeName: pk, KeyType: HASH}]
                  StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
                  TimeToLiveSpecification: {AttributeName: expiresAt, Enabled: true}
              Api: {Type: AWS::Serverless::Api, Properties: {StageName: v1, DefinitionUri: openapi.yaml}}
              Machine:
                Type: AWS::Serverless::StateMachine
                Properties:
                  DefinitionUri: machine.asl.yaml
                  DefinitionSubstitutions: {Note: !GetAtt NoteFunction.Arn}
                  Policies: [{Statement: {Effect: Allow, Action: lambda:InvokeFunction, Resource: !GetAtt NoteFunction.Arn}}]
              NoteFunction:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: java25
                  Handler: imageferry.function.NoteFunction::handleRequest
                  CodeUri: functions.zip
                  Environment: {Variables: {NOTES: !Ref Notes}}
                  Events:
                    Often: {Type: Schedule, Properties: {Schedule: rate(1 hour), Input: '{"from":"schedule"}'}}
                    Uploaded: {Type: EventBridgeRule, Properties: {Pattern: {detail: {object: {key: [{prefix: imports/}]}}}}}
                    Changes:
                      Type: DynamoDB
                      Properties:
                        Stream: !GetAtt Table.StreamArn
                        StartingPosition: TRIM_HORIZON
                        FilterCriteria: {Filters: [{Pattern: '{"eventName":["INSERT"]}'}]}
            """;
    private static final String OPENAPI = """
            paths:
              /notes:
                get:
                  x-amazon-apigateway-integration:
                    type: aws_proxy
                    uri: {'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${NoteFunction.Arn}/invocations'}
            """;
    private static final String MACHINE = """
            QueryLanguage: JSONata
            StartAt: Note
            States:
              Note:
                Type: Task
                Resource: arn:aws:states:::lambda:invoke
                TimeoutSeconds: 60
                Arguments: {FunctionName: "${Note}", Payload: {from: machine}}
                Output: {}
                End: true
            """;

    private final Path home;

    private SmallStack(Path home) {
        this.home = home;
    }

    static SmallStack in(Path home) throws IOException {
        Files.writeString(home.resolve("template.yaml"), TEMPLATE);
        Files.writeString(home.resolve("openapi.yaml"), OPENAPI);
        Files.writeString(home.resolve("machine.asl.yaml"), MACHINE);
        var sources = home.resolve("src/imageferry/function");
        Files.createDirectories(sources);
        Files.writeString(sources.resolve("App.java"), APP);
        Files.writeString(sources.resolve("NoteFunction.java"), FUNCTION);
        var compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        sources.resolve("App.java").toString(),
                        sources.resolve("NoteFunction.java").toString());
        if (compiled != 0) {
            throw new IllegalStateException("The test's function does not compile");
        }
        try (var zip = new ZipOutputStream(Files.newOutputStream(home.resolve("functions.zip")))) {
            for (var name : List.of("App.class", "NoteFunction.class")) {
                zip.putNextEntry(new ZipEntry("imageferry/function/" + name));
                Files.copy(sources.resolve(name), zip);
            }
        }
        return new SmallStack(home);
    }

    LocalSettings settings() {
        return settings(Map.of("Notes", notes().toString()), 0);
    }

    LocalSettings settings(Map<String, String> parameters, int port) {
        return new LocalSettings(
                home, home.resolve("data"), port, 0, List.of(), parameters, home.resolve("functions.zip"));
    }

    Path notes() {
        return home.resolve("notes.jsonl");
    }

    /** The calls of the function so far. */
    List<String> noted() throws IOException {
        return Files.exists(notes()) ? Files.readAllLines(notes()) : List.of();
    }
}
