import TCCore
import TCStore

/// The cluster that `url` names: what `openDatabase` opens, alone.
///
/// Nothing is opened yet. A URL that cannot be used is an error of kind `configuration`.
public func openCluster(
    url: String, seams: Seams, options: DatabaseOptions = DatabaseOptions()
) throws(TCError) -> any DatabaseCluster {
    SingleDatabase(try openDatabase(url: url, seams: seams, options: options))
}
