import TCCore
