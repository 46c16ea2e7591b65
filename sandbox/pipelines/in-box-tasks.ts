// The tasks that every organisation of the service has, with their major versions (the vendor's
// published YAML schema): a pipeline that names another one which nobody installed is refused.
const names = `
AndroidBuild@1 AndroidSigning@1,2,3 Ant@1 AppCenterDistribute@0,1,2,3 AppCenterTest@1
ArchiveFiles@1,2 AzureAppConfigurationExport@10 AzureAppConfigurationImport@10
AzureAppConfigurationSnapshot@1 AzureAppServiceManage@0 AzureAppServiceSettings@1 AzureCLI@0,1,2
AzureCloudPowerShellDeployment@1,2 AzureContainerApps@0,1 AzureFileCopy@1,2,3,4,5,6
AzureFunction@0,1 AzureFunctionApp@1,2 AzureFunctionAppContainer@1 AzureFunctionOnKubernetes@0,1
AzureIoTEdge@2 AzureKeyVault@1,2 AzureMonitor@0,1 AzureMonitorAlerts@0 AzureMysqlDeployment@1
AzureNLBManagement@1 AzurePolicyCheckGate@0 AzurePowerShell@1,2,4,5
AzureResourceGroupDeployment@1,2 AzureResourceManagerTemplateDeployment@3
AzureRmWebAppDeployment@2,3,4,5 AzureSpringCloud@0 AzureStaticWebApp@0 AzureTestPlan@0
AzureVmssDeployment@0,1 AzureWebApp@1 AzureWebAppContainer@1 AzureWebPowerShellDeployment@1 Bash@3
BatchScript@1 Cache@2 CacheBeta@0,1 CargoAuthenticate@0 Chef@1 ChefKnife@1 CMake@1 CmdLine@1,2
CocoaPods@0 CondaAuthenticate@0 CondaEnvironment@0,1 ContainerBuild@0 ContainerStructureTest@0
CopyFiles@1,2 CopyFilesOverSSH@0 CopyPublishBuildArtifacts@1 cURLUploader@1,2 DecryptFile@1
Delay@1 DeleteFiles@1 DeployVisualStudioTestAgent@1,2 Docker@0,1,2 DockerCompose@0,1
DockerInstaller@0 DotNetCoreCLI@0,1,2 DotNetCoreInstaller@0,1 DownloadBuildArtifacts@0,1
DownloadFileshareArtifacts@1 DownloadGithubNpmPackage@1 DownloadGitHubNugetPackage@1
DownloadGitHubRelease@0 DownloadPackage@0,1 DownloadPipelineArtifact@0,1,2 DownloadSecureFile@1
DuffleInstaller@0 ExtractFiles@1 FileTransform@1,2 FtpUpload@1,2 FuncToolsInstaller@0
GitHubComment@0 GitHubRelease@0,1 Go@0 GoTool@0 Gradle@1,2,3,4 Grunt@0 gulp@0,1 HelmDeploy@0,1
HelmInstaller@0,1 IISWebAppDeployment@1 IISWebAppDeploymentOnMachineGroup@0
IISWebAppManagementOnMachineGroup@0 InstallAppleCertificate@0,1,2
InstallAppleProvisioningProfile@0,1 InstallSSHKey@0 InvokeRESTAPI@0,1 JavaToolInstaller@0,1
JenkinsDownloadArtifacts@1,2 JenkinsQueueJob@1,2 KubectlInstaller@0 KubeloginInstaller@0
Kubernetes@0,1 KubernetesManifest@0,1 ManualIntervention@8 ManualValidation@0,1 Maven@1,2,3,4
MavenAuthenticate@0 MSBuild@1 MysqlDeploymentOnMachineGroup@1 NodeTaskRunnerInstaller@0 NodeTool@0
Notation@0 Npm@0,1 npmAuthenticate@0 NuGet@0 NuGetAuthenticate@0,1 NuGetCommand@2 NuGetInstaller@0
NuGetPackager@0 NuGetPublisher@0 NuGetRestore@1 NuGetToolInstaller@0,1 OpenPolicyAgentInstaller@0
PackerBuild@0,1 PipAuthenticate@0,1 PowerShell@1,2 PowerShellOnTargetMachines@1,2,3
PublishBuildArtifacts@1 PublishCodeCoverageResults@1,2 PublishHtmlReport@1
PublishPipelineArtifact@0,1 PublishPipelineMetadata@0 PublishSymbols@1,2 PublishTestResults@1,2
PublishToAzureServiceBus@0,1,2 PyPIPublisher@0 PythonScript@0 queryWorkItems@0 ReviewApp@0
RunVisualStudioTestsusingTestAgent@1 ServiceFabricComposeDeploy@0 ServiceFabricDeploy@1
ServiceFabricPowerShell@1 ServiceFabricUpdateAppVersions@1 ServiceFabricUpdateManifests@2
ShellScript@2 SonarQubePostTest@1 SonarQubePreBuild@1 SqlAzureDacpacDeployment@1
SqlDacpacDeploymentOnMachineGroup@0 SqlServerDacpacDeployment@1 SSH@0 TwineAuthenticate@0,1
UniversalPackages@0 UseDotNet@2 UseNode@1 UsePythonVersion@0 UseRubyVersion@0
VisualStudioTestPlatformInstaller@1 VSBuild@1 VSMobileCenterTest@0 VSTest@1,2,3
WindowsMachineFileCopy@1,2 XamarinAndroid@1 XamarinComponentRestore@0 XamariniOS@1,2
XamarinLicense@1 XamarinTestCloud@1 Xcode@2,3,4,5 XcodePackageiOS@0
`;

/** Major versions by lower-case name. */
export const inBoxTasks: ReadonlyMap<string, readonly string[]> = new Map(
  names
    .split(/\s+/)
    .filter(Boolean)
    .map((one) => {
      const [name = "", majors = ""] = one.split("@");
      return [name.toLowerCase(), majors.split(",")] as const;
    }),
);

/** Those that run without an agent, and nowhere else. */
export const inBoxServerTasks: ReadonlySet<string> = new Set([
  ...["azurefunction", "azuremonitor", "delay", "invokerestapi", "manualintervention"],
  ...["manualvalidation", "publishtoazureservicebus", "queryworkitems"],
]);
